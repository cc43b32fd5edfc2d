import type { Database } from "../../kg/database.ts";
import type { HistoryRows } from "../../kg/models/readHistories.ts";
import type { Snapshot } from "../../kg/snapshot/Snapshot.ts";
import type { Decile } from "../../ranker/evaluate/faithfulness/meanByDecile.ts";
import type { PathQuality } from "../../ranker/evaluate/faithfulness/pathQuality.ts";
import type { Model } from "../../ranker/model.ts";
import type { RankedItem } from "../../ranker/rank.ts";
import type { Signals } from "../../ranker/signals.ts";
import type { ModelInfo, ScoredItem } from "../../ranker/types.ts";

/** A stored model, unpacked. */
export interface LoadedModel {
  readonly info: ModelInfo;
  readonly model: Model;
}

/** What is audited: a snapshot of its own, which the audit changes and puts back. */
export interface Audited extends LoadedModel {
  readonly db: Database;
  readonly graph: Snapshot;
  readonly histories: HistoryRows;
  /** Another model of the same data, for instance of another seed, whose evidence is compared; null for none. */
  readonly other: LoadedModel | null;
}

export interface AuditOptions {
  /** User–item pairs whose parts are added up. */
  readonly pairs: number;
  /** Triples that are really deleted in Postgres, and rolled back. */
  readonly deletions: number;
  readonly seed: number;
  readonly onProgress?: (fraction: number) => void;
}

/** One user and one item, with what the explanation says. */
export interface Pair {
  readonly user: number;
  readonly signals: Signals;
  readonly item: number;
  readonly scored: ScoredItem;
  /** The user's best items, one more than count as recommended. */
  readonly top: readonly RankedItem[];
  /** True where the item was drawn from those that count as recommended. */
  readonly recommended: boolean;
}

/** A share of what all paths carry, of the strongest paths and of as many at random. */
export interface Shares {
  readonly strongest: number;
  readonly random: number;
}

/** What the audit found; every figure is measured in this run. */
export interface AuditReport {
  readonly model: string;
  readonly revision: string;
  readonly pairs: number;
  /** Largest |bias + Σ contributions + Σ otherEvidence − score|. */
  readonly completenessError: number;
  readonly explainedFraction: number;
  /** Explained fraction by the length of the user's history, and by the item's interactions. */
  readonly explainedByHistory: readonly Decile[];
  readonly explainedByPopularity: readonly Decile[];
  /** Share of TRIPLE steps whose triple is in Postgres. */
  readonly liveSteps: number;
  /** Paths looked at, and those whose contribution and removal do not point in opposite directions. */
  readonly paths: number;
  readonly signViolations: number;
  /** Rank correlation of contribution and −deltaIfRemoved within an item, mean over items. */
  readonly spearmanContribution: number;
  /** By number of paths: share that goes with them, share that they keep alone. */
  readonly comprehensiveness: { readonly [paths: string]: Shares };
  readonly sufficiency: { readonly [paths: string]: Shares };
  readonly counterfactual: Counterfactuals;
  readonly pathQuality: PathQuality & { readonly users: number };
  readonly deletions: number;
  /** Largest |change of the score − what the explanation said| after a real deletion, the model's degrees kept. */
  readonly deletionErrorFrozen: number;
  /** The same where one path alone uses the triple, against its `deltaIfRemoved`; how many those are. */
  readonly deletionErrorPath: number;
  readonly pathDeletions: number;
  /** The same as frozen with the degrees counted anew. */
  readonly deletionErrorRecomputed: number;
  /** Rank correlation of the said change and the change with degrees counted anew. */
  readonly spearmanRecomputed: number;
  /** Share of deletions whose recomputed change has the said sign. */
  readonly signAgreement: number;
  /** Share of the three strongest paths that another model names too; null where none was given. */
  readonly overlap: { readonly model: string; readonly top3: number } | null;
}

/** Sizes of the smallest sets of paths without which a recommended item leaves the first ten. */
export interface Counterfactuals {
  /** Recommended items looked at. */
  readonly pairs: number;
  /** Shares of them by size; `none`: no set of paths does it. */
  readonly sizes: { readonly [size: string]: number };
  /** Of those that have one; NaN where none has. */
  readonly median: number;
}
