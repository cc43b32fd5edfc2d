import type { Training } from "../../types.ts";
import { validate } from "../selectOnValidation.ts";
import { type Factors, makeFactorScorer } from "./Factors.ts";

/** A model that learns in passes over its interactions. */
export interface EpochLearner {
  /** One pass; every later one goes on from where it ended. */
  learn(): void;
  /** A copy of what is learned so far. */
  factors(): Factors;
}

/** When to look at validation, and when to stop. */
export interface EpochLimits {
  /** Epochs between two looks. */
  readonly every: number;
  /** Looks without a new best after which it stops. */
  readonly patience: number;
  readonly most: number;
}

/** Validation nDCG@10 after an epoch, and the seconds of learning (looks not counted) until then. */
export interface CurvePoint {
  readonly epoch: number;
  readonly seconds: number;
  readonly value: number;
}

export interface Learned {
  readonly factors: Factors;
  readonly epochs: number;
  readonly value: number;
  readonly curve: readonly CurvePoint[];
}

/** Learns until validation gets no better, and gives the factors of the best look. */
export function learnByEpochs(learner: EpochLearner, training: Training, limits: EpochLimits): Learned {
  const curve: CurvePoint[] = [];
  let best: Omit<Learned, "curve"> | null = null;
  let seconds = 0;
  for (let epoch = limits.every, waited = 0; epoch <= limits.most && waited < limits.patience; ) {
    const started = performance.now();
    for (let turn = 0; turn < limits.every; turn++) learner.learn();
    seconds += (performance.now() - started) / 1000;
    const factors = learner.factors();
    const value = validate(makeFactorScorer(factors, {}), training);
    curve.push({ epoch, seconds, value });
    if (best === null || value > best.value) {
      best = { factors, epochs: epoch, value };
      waited = 0;
    } else waited++;
    epoch += limits.every;
  }
  if (best === null) throw new RangeError(`at most ${limits.most} epochs; expected at least ${limits.every}`);
  return { ...best, curve };
}

/** Learns for a number of epochs that was chosen before. */
export function learnFor(learner: EpochLearner, epochs: number): Factors {
  for (let epoch = 0; epoch < epochs; epoch++) learner.learn();
  return learner.factors();
}
