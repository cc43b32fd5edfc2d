/**
 * What evaluation measures and what it asks of a model: arrays in, numbers out, no database.
 * Users and items are dense indices (rows of the data set's own order), never database identities.
 */
import type { Graph } from "../../kg/types.ts";

/** The rows of an interactions file, in file order. */
export interface InteractionColumns {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** 1 where the file has no value. */
  readonly value: Float32Array;
  /** Seconds, or any number that grows with time; NaN where absent. */
  readonly time: Float64Array;
  /** A code of `SPLIT`. */
  readonly split: Uint8Array;
}

/** Codes of `InteractionColumns.split`. */
export const SPLIT = { none: 0, train: 1, valid: 2, test: 3 } as const;

/** A data folder in memory. `graph` holds the items and the entities; null where the folder has no triples. */
export interface Dataset {
  readonly name: string;
  readonly userKeys: readonly string[];
  /** Item index → key. Every item of the catalogue, whether anybody touched it or not. */
  readonly itemKeys: readonly string[];
  readonly interactions: InteractionColumns;
  readonly graph: Graph | null;
  /** Item index → entity index in `graph`, −1 where the graph does not know it. */
  readonly itemIndexToEntity: Int32Array;
  /** What the items' texts say, where somebody encoded them. */
  readonly vectors?: ItemVectors | null;
}

/** One vector per item, encoded elsewhere. */
export interface ItemVectors {
  readonly name: string;
  readonly dim: number;
  /** [items, dim]; a row of zeros where the item has none. */
  readonly values: Float32Array;
}

/**
 * Per-user lists of items in compressed rows: user u owns positions offsets[u] … offsets[u + 1] − 1 of the
 * parallel arrays, oldest first.
 */
export interface UserRows {
  /** [users + 1] */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly values: Float32Array;
  /** NaN where absent. */
  readonly times: Float64Array;
}

/** One split of a data set. A user without test rows is not measured, yet may teach. */
export interface Split {
  readonly train: UserRows;
  readonly valid: UserRows;
  readonly test: UserRows;
  /** Users left out of `valid` and `test` because they have too few interactions. */
  readonly skippedUsers: number;
}

/**
 * What a model may learn from. Nothing of the test rows is in here. A model that has hyper-parameters fits
 * them on `train`, selects on `valid`, and then, where `refit` is set, fits once more on train + valid.
 */
export interface Training {
  readonly users: number;
  readonly items: number;
  readonly train: UserRows;
  /** For selection; part of the final fit only where `refit` is set. */
  readonly valid: UserRows;
  readonly refit: boolean;
  /**
   * What the last fit learns from where it is neither train nor train + valid: `train` and `valid` may imitate
   * what lies between the history and the test, a gap in time or items that nobody has touched.
   */
  readonly final?: UserRows;
  /** Rows whose items do not compete while `valid` judges, besides those of `train`. */
  readonly masked?: UserRows;
  readonly graph: Graph | null;
  readonly itemIndexToEntity: Int32Array;
  readonly vectors?: ItemVectors | null;
}

/** A user's past as a scorer sees it: oldest first, the parallel arrays of `UserRows` cut to one user. */
export interface UserHistory {
  readonly items: Int32Array;
  readonly values: Float32Array;
  readonly times: Float64Array;
}

/** A fitted model. */
export interface UserScorer {
  /** What was selected on validation, for the printed table; empty where there was nothing to select. */
  readonly chosen: { readonly [name: string]: number | string };
  /** Seconds of its training that another model of the same run had spent already; they count as its own. */
  readonly sharedSeconds?: number;
  /**
   * Writes the score of every item into `out` [items]; higher is better, −Infinity means never.
   * Items of the history need no treatment: the protocol masks them.
   */
  score(user: number, history: UserHistory, out: Float64Array): void;
}

/** A model under evaluation. The same seed and training give the same scorer. */
export interface RankedModel {
  readonly name: string;
  /** True where `fit` depends on the seed; others are fitted once, whatever the number of seeds. */
  readonly seeded: boolean;
  /** Models of one family share what they compute while they are fitted in one process; its name where absent. */
  readonly family?: string;
  fit(training: Training, seed: number): Promise<UserScorer>;
}
