import { existsSync } from "node:fs";
import { readDataset } from "../../src/commands/evaluate/readDataset.ts";
import { openBackend } from "../../src/ranker/backend.ts";
import type { FactorFamily, Options } from "../../src/ranker/evaluate/baselines/factors/factorModel.ts";
import { type CurvePoint, learnByEpochs } from "../../src/ranker/evaluate/baselines/factors/learnByEpochs.ts";
import { ials } from "../../src/ranker/evaluate/baselines/ials.ts";
import { lightGcn } from "../../src/ranker/evaluate/baselines/lightGcn.ts";
import { validate } from "../../src/ranker/evaluate/baselines/selectOnValidation.ts";
import { type Protocol, splitDataset } from "../../src/ranker/evaluate/splitDataset.ts";
import { SPLIT, type Training, type UserScorer } from "../../src/ranker/evaluate/types.ts";
import { makeBinaryMatrix } from "../../src/ranker/linear/BinaryMatrix.ts";
import { weighRecency } from "../../src/ranker/recency.ts";
import { dotRow } from "../../src/ranker/spaces.ts";
import { DEFAULT_FACTORS } from "../../src/ranker/train/factors/FactorConfig.ts";
import { type Head, trainHead } from "../../src/ranker/train/factors/trainHead.ts";
import { type ItemSpace, makeItemSpace } from "../../src/ranker/train/itemSpace.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";

const REAL = "../shared/data/lastfm-lightkg"; // used where it is there
const DEMO = "demo/films";
const LOOK = 40; // steps between two looks at validation

/** How a model that learns in epochs gets to its accuracy. */
export interface LearningCurve {
  readonly model: string;
  readonly settings: Options;
  readonly interactions: number;
  /** Validation nDCG@10 after so many epochs and seconds of learning; looking at validation is not counted. */
  readonly curve: readonly CurvePoint[];
}

export interface BaselinesResult {
  readonly data: string;
  readonly models: readonly LearningCurve[];
}

/** Measures seconds to each epoch's validation accuracy of the baselines that learn in epochs, on one core. */
export async function run(options: BenchOptions): Promise<BaselinesResult> {
  const data = options.data ?? (!options.smoke && existsSync(REAL) ? REAL : DEMO);
  const training = await readTraining(data);
  const models = [
    await learnFactors(training, options.smoke),
    ...[lightGcn, ials].map((family) => learn(family, training, options.smoke)),
  ];
  const result = { data: data.split("/").at(-1) ?? data, models };
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  return result;
}

async function readTraining(folder: string): Promise<Training> {
  const dataset = await readDataset(folder);
  const protocol: Protocol = dataset.interactions.split.includes(SPLIT.test) ? "full" : "time";
  const { train, valid } = splitDataset(dataset, protocol);
  return {
    ...{ train, valid, refit: false, graph: null },
    users: dataset.userKeys.length,
    items: dataset.itemKeys.length,
    itemIndexToEntity: dataset.itemIndexToEntity,
  };
}

function learn(family: FactorFamily, training: Training, smoke: boolean): LearningCurve {
  const x = makeBinaryMatrix(training.train, training.items);
  const learner = family.makeLearner(x, family.start, 1);
  const limits = smoke ? { every: 1, patience: 1, most: 2 } : family.limits;
  const { curve } = learnByEpochs(learner, training, limits);
  return { model: family.name, settings: family.start, interactions: x.rowItems.length, curve };
}

/** The factors of the ranker itself; an epoch is as many steps as show every history once. */
async function learnFactors(training: Training, smoke: boolean): Promise<LearningCurve> {
  const { tf, close } = await openBackend("auto");
  const { offsets, items } = training.train;
  const space = makeItemSpace({ offsets, item: items, ordered: false }, training.items);
  const steps = smoke ? 16 : DEFAULT_FACTORS.steps;
  const settings = { ...DEFAULT_FACTORS, steps };
  const perEpoch = Math.ceil(space.users / settings.batch);
  const curve: CurvePoint[] = [];
  let since = performance.now();
  let seconds = 0;
  await trainHead(tf, space, settings, {
    seed: 1,
    async onStep(step, _loss, read) {
      if (!smoke && step % LOOK !== 0) return;
      seconds += (performance.now() - since) / 1000;
      const value = validate(scoreByFactors(space, await read(), settings.dim), training);
      curve.push({ epoch: Math.round(step / perEpoch), seconds, value });
      since = performance.now();
    },
  });
  close();
  return {
    model: "whygraph's factors",
    settings: { dim: settings.dim, steps, batch: settings.batch, rate: settings.rate, decay: settings.decay },
    interactions: items.length,
    curve,
  };
}

/** log popularity + Σ_j ρ_j·⟨from_j, to_i⟩. */
function scoreByFactors(space: ItemSpace, { from, to }: Head, dim: number): UserScorer {
  const numberOf = new Map(Array.from(space.entity, (entity, item) => [entity, item]));
  const prior = space.entity.map((_, item) => space.itemOffsets[item + 1] - space.itemOffsets[item]);
  return {
    chosen: {},
    score(_user, history, out) {
      const shown = Array.from(history.items).flatMap((item) => numberOf.get(item) ?? []);
      const weights = weighRecency(shown.length, null);
      const profile = new Float64Array(dim);
      shown.forEach((item, place) => {
        for (let k = 0; k < dim; k++) profile[k] += weights[place] * from[item * dim + k];
      });
      out.fill(Number.NEGATIVE_INFINITY);
      space.entity.forEach((entity, item) => {
        out[entity] = Math.log(prior[item] + 1) + dotRow(profile, to, item, dim);
      });
    },
  };
}

function print({ data, models }: BaselinesResult): void {
  console.log(`${data}; ${describeMachine()}`);
  for (const { model, settings, interactions, curve } of models) {
    console.log(`\n${model}, ${printNumber(interactions)} interactions, ${JSON.stringify(settings)}`);
    const rows = curve.map(({ epoch, seconds, value }) => [
      String(epoch),
      seconds.toFixed(2),
      value.toFixed(4),
    ]);
    console.log(printTable(["epoch", "seconds", "validation nDCG@10"], rows));
  }
}

await runAsScript(import.meta.url, run);
