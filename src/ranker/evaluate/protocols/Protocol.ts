import type { Task } from "../measure.ts";
import type { Column, ReportRow } from "../report/Report.ts";
import type { Dataset, Training } from "../types.ts";

/**
 * What the final fit and the scorer may use: train alone, or train + valid. In both cases hyper-parameters are
 * chosen by fitting on train and measuring on valid, and the items of both are masked at the test.
 */
export type HistoryMode = "train" | "train+valid";
export const HISTORY_MODES: readonly HistoryMode[] = ["train", "train+valid"];

/** One training, and everything that a model fitted on it is measured on. */
export interface Arena {
  /** One object for all models, so that variants of one family can share their selection. */
  readonly training: Training;
  readonly trials: readonly Trial[];
}

/** One measurement of a fitted model, and the heading under which it is shown. */
export interface Trial {
  readonly group: string;
  readonly task: Task;
}

export interface Preparation {
  readonly arenas: readonly Arena[];
  /** Users left out because they have too few interactions. */
  readonly skippedUsers: number;
  readonly notes: readonly string[];
}

/** How a data set is cut into what teaches, what selects and what judges by ranking. */
export interface RankingProtocol {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  readonly columns: readonly Column[];
  /** Metrics in which rows are compared. */
  readonly leadMetrics: readonly string[];
  /** True where the protocol promises that the rows of a user are in the order of time. */
  readonly temporal: boolean;
  /** Histories that it knows; the first is the default. */
  readonly histories: readonly HistoryMode[];
  /** @throws {DomainError} BAD_USER_INPUT where the data set lacks what the protocol needs */
  prepare(dataset: Dataset, history?: HistoryMode): Preparation;
  /** What else the rows say, for instance a check against published numbers. */
  comment?(dataset: Dataset, rows: readonly ReportRow[]): string[];
}

/** The metrics of the usual table. */
export const USUAL_COLUMNS: readonly Column[] = [
  "recall@10",
  "ndcg@10",
  "mrr@10",
  "hit@10",
  "recall@20",
  "ndcg@20",
].map((metric) => ({ metric, label: metric }));
