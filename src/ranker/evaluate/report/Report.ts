import type { PairedDifference } from "../pairedBootstrap.ts";

/**
 * What every protocol gives back, whatever it measures: a table with its leads, notes and figures, ready to be
 * printed, written as Markdown and drawn. It holds numbers and words only, so JSON keeps all of it.
 */
export interface Report {
  readonly title: string;
  readonly data: string;
  readonly protocol: string;
  readonly seeds: number;
  /** The metrics that the table shows, in order; rows may hold more. */
  readonly columns: readonly Column[];
  /** Rows of one group stand together. */
  readonly rows: readonly ReportRow[];
  readonly leads: readonly Lead[];
  /** Sentences that the reader of the numbers needs. */
  readonly notes: readonly string[];
  readonly figures: readonly Figure[];
  /** Models that cannot run on data of this size, with the reason. */
  readonly omitted: readonly { readonly model: string; readonly reason: string }[];
}

/** A column of the table. */
export interface Column {
  /** Name of the metric in `ReportRow.metrics`. */
  readonly metric: string;
  readonly label: string;
}

/** A metric's mean over what was measured, and its spread. */
export interface Estimate {
  readonly mean: number;
  /** Sample deviation over seeds or splits; 0 for one. */
  readonly sd: number;
  /** Half of the 95% interval of the mean over users, where users were measured. */
  readonly error?: number;
}

export interface ReportRow {
  readonly model: string;
  /** Heading under which the row stands; "" where the table has but one. */
  readonly group: string;
  readonly metrics: { readonly [metric: string]: Estimate };
  /** `train`: selection and fit, mean over seeds; `perUser`: scoring and ranking of one user. */
  readonly seconds: { readonly train?: number; readonly perUser?: number };
  /** What was chosen on validation (first seed). */
  readonly chosen: { readonly [name: string]: number | string };
}

/** How far one row is ahead of another in a metric, paired over users, with its 95% interval. */
export interface Lead extends PairedDifference {
  readonly group: string;
  readonly metric: string;
  readonly model: string;
  readonly over: string;
  /** True for the best of the baselines, false for a row that was chosen by its name. */
  readonly best: boolean;
}

/** A chart of one metric: a bar per row of a group. */
export interface Figure {
  readonly title: string;
  readonly metric: string;
  readonly group: string;
}
