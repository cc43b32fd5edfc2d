import type { ChangeSubject, JSONObject, Revision } from "./graph.ts";

export type ChangeAction = "ADDED" | "CHANGED" | "REMOVED";

/** One field of a row before and after; null where there was none, or the row itself was not there. */
export interface FieldDiff {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a change did to one row in sum. */
export interface ChangeDiff {
  readonly subject: ChangeSubject;
  /** Id in the database; the row may be gone by now. */
  readonly id: string;
  /** The entity's name, the relation's label, "head –relation→ tail" of a triple. */
  readonly label: string;
  readonly action: ChangeAction;
  readonly fields: readonly FieldDiff[];
  /** Place among the rows of the change, for the next page. */
  readonly cursor: string;
}

/** Arguments of the diffs nested under a change. */
export interface DiffArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A change in words. */
export interface ChangeSummary {
  readonly sentence: string;
  /** Rows that it changed. */
  readonly diffCount: number;
}

/** Where a change stands in the chain of hashes, and which changes undo it or are undone by it. */
export interface ChangeLinks {
  /** Hexadecimal; null only while the change is not committed. */
  readonly hash: string | null;
  /** 64 zeros for the first change. */
  readonly previousHash: string | null;
  readonly reverts: Revision | null;
  /** The newest change that reverts it. */
  readonly revertedBy: Revision | null;
}

/** A row that a change touched, in sum: its image before and after. */
export interface NetRow {
  readonly subject: ChangeSubject;
  readonly id: string;
  readonly action: ChangeAction;
  readonly before: JSONObject | null;
  readonly after: JSONObject | null;
}
