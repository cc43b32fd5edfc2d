import type { Estimate, ReportRow } from "../report/Report.ts";
import { measureAuc } from "./measureAuc.ts";
import { measureF1 } from "./measureF1.ts";
import type { CtrData, CtrSplit } from "./types.ts";

/** What a model says of one split: logits, so that 0 is probability .5. */
export interface Scored {
  readonly model: string;
  readonly valid: Float64Array;
  readonly test: Float64Array;
  readonly chosen: { readonly [name: string]: number | string };
  readonly seconds: number;
}

/** A model on one split: its test rows, and what they are worth. */
export interface Judgement {
  readonly model: string;
  readonly user: Int32Array;
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly metrics: { readonly auc: number; readonly f1: number; readonly "f1*": number };
  readonly chosen: Scored["chosen"];
  readonly seconds: number;
}

/** Judges the test rows of a split; the threshold of F1* is the best one of the validation rows. */
export function judge({ rows }: CtrData, { valid, test }: CtrSplit, scored: Scored): Judgement {
  const labels = Uint8Array.from(test, (row) => rows.label[row]);
  const threshold = findThreshold(
    Uint8Array.from(valid, (row) => rows.label[row]),
    scored.valid,
  );
  return {
    model: scored.model,
    user: test.map((row) => rows.user[row]),
    labels,
    scores: scored.test,
    metrics: {
      auc: measureAuc(labels, scored.test),
      f1: measureF1(labels, scored.test, 0),
      "f1*": measureF1(labels, scored.test, threshold),
    },
    chosen: scored.chosen,
    seconds: scored.seconds,
  };
}

/** Finds the score from which on rows should be called liked, for the highest F1. O(n log n). */
export function findThreshold(labels: ArrayLike<number>, scores: Float64Array): number {
  const order = Int32Array.from(scores, (_, row) => row).sort((a, b) => scores[b] - scores[a]);
  let liked = 0;
  for (let row = 0; row < labels.length; row++) liked += labels[row];
  let hits = 0;
  let best = { f1: -1, threshold: 0 };
  for (let rank = 0; rank < order.length; rank++) {
    hits += labels[order[rank]];
    // Rows of one score stand on the same side.
    if (scores[order[rank + 1]] === scores[order[rank]]) continue;
    const f1 = (2 * hits) / (rank + 1 + liked);
    if (f1 > best.f1) best = { f1, threshold: scores[order[rank]] };
  }
  return best.threshold;
}

/** Sums up one model over the splits: mean and deviation of each metric. */
export function summarise(judgements: readonly Judgement[]): ReportRow {
  const [{ model, chosen }] = judgements;
  const estimate = (values: readonly number[]): Estimate => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
  };
  return {
    ...{ model, group: "", chosen },
    metrics: {
      auc: estimate(judgements.map(({ metrics }) => metrics.auc)),
      f1: estimate(judgements.map(({ metrics }) => metrics.f1)),
      "f1*": estimate(judgements.map(({ metrics }) => metrics["f1*"])),
    },
    seconds: { train: estimate(judgements.map(({ seconds }) => seconds)).mean },
  };
}
