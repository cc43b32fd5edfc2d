import { existsSync } from "node:fs";
import { readDataset } from "../../src/commands/evaluate/readDataset.ts";
import type { FactorFamily, Options } from "../../src/ranker/evaluate/baselines/factors/factorModel.ts";
import { type CurvePoint, learnByEpochs } from "../../src/ranker/evaluate/baselines/factors/learnByEpochs.ts";
import { ials } from "../../src/ranker/evaluate/baselines/ials.ts";
import { lightGcn } from "../../src/ranker/evaluate/baselines/lightGcn.ts";
import { type Protocol, splitDataset } from "../../src/ranker/evaluate/splitDataset.ts";
import { SPLIT, type Training } from "../../src/ranker/evaluate/types.ts";
import { makeBinaryMatrix } from "../../src/ranker/linear/BinaryMatrix.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";

const REAL = "../shared/data/lastfm-lightkg"; // used where it is there
const DEMO = "demo/films";

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
  const models = [lightGcn, ials].map((family) => learn(family, training, options.smoke));
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
