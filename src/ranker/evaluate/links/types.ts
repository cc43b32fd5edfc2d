import type { Side } from "../../embed/types.ts";

/** A triple with one end missing, as indices. */
export interface LinkQuery {
  readonly side: Side;
  readonly entity: number;
  readonly relation: number;
}

/** Scores every entity as the missing end, into `out` [E]; higher is better. */
export type LinkScorer = (query: LinkQuery, out: Float32Array) => void;

/** Where the true answers stand among all entities, after the other true answers are taken out. */
export interface LinkMetrics {
  /** Mean of 1 / rank. */
  readonly mrr: number;
  /** Share of the answers at rank 1, at 3 or better, at 10 or better. */
  readonly hits1: number;
  readonly hits3: number;
  readonly hits10: number;
}

/** One model of the table. */
export interface LinkRow extends LinkMetrics {
  readonly model: string;
  /** Of training and scoring. */
  readonly seconds: number;
  /** Standard deviation of the MRR over the seeds; 0 of one seed. */
  readonly mrrSd: number;
  /** MRR where the tail, and where the head, was asked for. */
  readonly mrrTail: number;
  readonly mrrHead: number;
}

export interface LinkEvaluation {
  readonly entities: number;
  readonly relations: number;
  /** Triples of each part. */
  readonly train: number;
  readonly valid: number;
  readonly test: number;
  readonly seeds: number;
  readonly rows: readonly LinkRow[];
}
