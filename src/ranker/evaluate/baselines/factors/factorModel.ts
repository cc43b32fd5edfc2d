import { type BinaryMatrix, makeBinaryMatrix } from "../../../linear/BinaryMatrix.ts";
import type { RankedModel, Training, UserScorer } from "../../types.ts";
import { HALF_LIVES, taughtRows } from "../itemModel.ts";
import { climbGrid, validate } from "../selectOnValidation.ts";
import { type Factors, makeFactorScorer } from "./Factors.ts";
import {
  type EpochLearner,
  type EpochLimits,
  type Learned,
  learnByEpochs,
  learnFor,
} from "./learnByEpochs.ts";

/** Values of a family's hyper-parameters, by name. */
export type Options = { readonly [name: string]: number };

/** How one family of factor models is learned and selected. */
export interface FactorFamily {
  readonly name: string;
  readonly limits: EpochLimits;
  /** Hyper-parameters that are climbed on validation, one after the other, from the value in `start`. */
  readonly axes: readonly { readonly name: string; readonly grid: readonly number[] }[];
  readonly start: Options;
  makeLearner(x: BinaryMatrix, options: Options, seed: number): EpochLearner;
  /** Scores with a user's vector made anew of the history's items, weighed by recency. */
  makeRecencyScorer(factors: Factors, options: Options, recency: Recency): UserScorer;
  /** Values of `Recency.blend` that are tried. */
  readonly blends: readonly number[];
}

export interface Recency {
  /** The item r places from the newest weighs 2^(−r / halfLife). */
  readonly halfLife: number;
  /** Share of the vector made of the history beside the learned one. */
  readonly blend: number;
}

/** What a family learned of one training with one seed. */
export interface FactorFit extends Learned {
  readonly options: Options;
  /** Learned on the rows of the last fit: train, or train + valid for as many epochs as train took. */
  readonly final: Factors;
}

export interface SharedFactors {
  readonly family: FactorFamily;
  /** Fits once per training and seed; `sharedSeconds` is what that cost where it was done before, else 0. */
  fit(training: Training, seed: number): { readonly fit: FactorFit; readonly sharedSeconds: number };
}

/**
 * Lets a family's variants share what they learn. Hyper-parameters are chosen with seed 1 for all seeds; the
 * number of epochs is each seed's own.
 */
export function shareFactors(family: FactorFamily): SharedFactors {
  const known = new WeakMap<Training, Map<number, { readonly fit: FactorFit; readonly seconds: number }>>();
  const selections = new WeakMap<Training, Selection>();
  return {
    family,
    fit(training, seed) {
      const fits = known.get(training) ?? new Map<number, { fit: FactorFit; seconds: number }>();
      known.set(training, fits);
      const before = fits.get(seed);
      if (before) return { fit: before.fit, sharedSeconds: before.seconds };
      const started = performance.now();
      const earlier = selections.get(training);
      const selection = earlier ?? selectOptions(family, training);
      selections.set(training, selection);
      const fit = fitSeed(family, training, { selection, seed });
      const own = (performance.now() - started) / 1000;
      const sharedSeconds = earlier ? earlier.seconds : 0;
      fits.set(seed, { fit, seconds: own + sharedSeconds });
      return { fit, sharedSeconds };
    },
  };
}

interface Selection {
  readonly options: Options;
  /** What seed 1 learned with them. */
  readonly learned: Learned;
  readonly seconds: number;
}

function selectOptions(family: FactorFamily, training: Training): Selection {
  const started = performance.now();
  const x = makeBinaryMatrix(training.train, training.items);
  const tried = new Map<string, Learned>();
  const learn = (options: Options): Learned => {
    const key = JSON.stringify(options);
    const learned =
      tried.get(key) ?? learnByEpochs(family.makeLearner(x, options, 1), training, family.limits);
    tried.set(key, learned);
    return learned;
  };
  let options = family.start;
  for (const { name, grid } of family.axes) {
    const chosen = climbGrid(
      grid,
      grid.indexOf(options[name]),
      (value) => learn({ ...options, [name]: value }).value,
    );
    options = { ...options, [name]: chosen };
  }
  return { options, learned: learn(options), seconds: (performance.now() - started) / 1000 };
}

function fitSeed(
  family: FactorFamily,
  training: Training,
  { selection, seed }: { readonly selection: Selection; readonly seed: number },
): FactorFit {
  const { options } = selection;
  const make = (rows: Training["train"]) =>
    family.makeLearner(makeBinaryMatrix(rows, training.items), options, seed);
  const learned =
    seed === 1 ? selection.learned : learnByEpochs(make(training.train), training, family.limits);
  const final = training.refit ? learnFor(make(taughtRows(training)), learned.epochs) : learned.factors;
  return { ...learned, options, final };
}

/** Makes the model of a family: the learned vector of the user against those of the items. */
export function makeFactorModel(shared: SharedFactors): RankedModel {
  return {
    name: shared.family.name,
    seeded: true,
    async fit(training, seed) {
      const { fit, sharedSeconds } = shared.fit(training, seed);
      return { ...makeFactorScorer(fit.final, describeFit(fit)), sharedSeconds };
    },
  };
}

/**
 * Makes the model of a family whose user vector follows the newest items of the history; half-life and blend are
 * chosen on validation. Only meaningful where the rows of a user are in the order of time.
 */
export function makeFactorRecencyModel({ family, ...shared }: SharedFactors): RankedModel {
  return {
    name: `${family.name}+recency`,
    family: family.name,
    seeded: true,
    async fit(training, seed) {
      const { fit, sharedSeconds } = shared.fit(training, seed);
      const measureRecency = (recency: Recency) =>
        validate(family.makeRecencyScorer(fit.factors, fit.options, recency), training);
      const strongest = family.blends[family.blends.length - 1];
      const halfLife = climbGrid(HALF_LIVES, HALF_LIVES.indexOf(5), (entry) =>
        measureRecency({ halfLife: entry, blend: strongest }),
      );
      const blend = climbGrid(family.blends, family.blends.length - 1, (entry) =>
        measureRecency({ halfLife, blend: entry }),
      );
      const scorer = family.makeRecencyScorer(fit.final, fit.options, { halfLife, blend });
      return { ...scorer, chosen: { ...describeFit(fit), halfLife, blend }, sharedSeconds };
    },
  };
}

function describeFit({ options, epochs }: FactorFit): UserScorer["chosen"] {
  return { ...options, epochs };
}
