import { makeValidation } from "../evaluate/links/makeValidation.ts";
import { averageRanks, rankLinks } from "../evaluate/links/rankLinks.ts";
import { splitTriples, type TripleSplit } from "../evaluate/links/splitTriples.ts";
import type { Calibration } from "./Calibration.ts";
import { collectPredictions, type Predictions } from "./collectPredictions.ts";
import { fitCalibration, measureCalibration } from "./fitCalibration.ts";
import { KnownTriples } from "./KnownTriples.ts";
import { collectObservedEnds } from "./observedEnds.ts";
import { scoreAll } from "./scoreTriple.ts";
import { type TrainHooks, trainEmbeddings } from "./trainEmbeddings.ts";
import type { EmbedConfig, Embedding, TripleColumns } from "./types.ts";

const SHARE = 0.05; // of the triples, to stop and calibrate by, and again to measure on
const SPLIT_SEED = 1;

/** Vectors with what turns their scores into probabilities. */
export interface FittedEmbedding {
  readonly embedding: Embedding;
  readonly calibration: Calibration;
  /** Of the triples held out for it: filtered mrr, hits@1, hits@3, hits@10, and the calibration error. */
  readonly metrics: { readonly [name: string]: number };
}

/**
 * Trains vectors on nine tenths of the triples, stops and calibrates by one twentieth and measures on another.
 * Every entity should have a triple, see `compactTriples`.
 */
export async function fitEmbedding(
  triples: TripleColumns,
  config: EmbedConfig,
  hooks: Omit<TrainHooks, "validate"> = {},
): Promise<FittedEmbedding> {
  const split = splitTriples(triples, { seed: SPLIT_SEED, valid: SHARE, test: SHARE });
  const known = new KnownTriples(triples.entities, triples.relations, [triples]);
  const validate = makeValidation(split.valid, known);
  const { epochs, bestEpoch, ...embedding } = await trainEmbeddings(split.train, config, {
    ...hooks,
    validate,
  });
  const predict = makePredict(embedding, split, config.seed);
  const calibration = fitCalibration(predict([split.train], split.valid), triples.relations);
  const { tail, head } = rankLinks(split.test, known, (query, out) => scoreAll(embedding, query, out));
  const { mrr, hits1, hits3, hits10 } = averageRanks([tail, head]);
  const error = measureCalibration(calibration, predict([split.train, split.valid], split.test));
  const metrics = {
    ...{ mrr, "hits@1": hits1, "hits@3": hits3, "hits@10": hits10 },
    ...(Number.isNaN(error) ? {} : { "calibration error": error }),
    ...{ epochs: epochs.length, "best epoch": bestEpoch + 1, "test triples": split.test.head.length },
  };
  return { embedding, calibration, metrics };
}

function makePredict(embedding: Embedding, { train, valid, test }: TripleSplit, seed: number) {
  const { entities, relations } = train;
  const observed = collectObservedEnds(train);
  return (known: readonly TripleColumns[], held: TripleColumns): Predictions =>
    collectPredictions(embedding, {
      asked: held === test ? joinColumns([train, valid, test]) : joinColumns([train, valid]),
      known: new KnownTriples(entities, relations, known),
      truth: new KnownTriples(entities, relations, [held]),
      ...{ observed, seed },
    });
}

function joinColumns(parts: readonly TripleColumns[]): TripleColumns {
  const join = (column: "head" | "relation" | "tail") =>
    Int32Array.from(parts.flatMap((part) => [...part[column]]));
  return { ...parts[0], head: join("head"), relation: join("relation"), tail: join("tail") };
}
