import type { EditOptions, Problem } from "./curation.ts";
import type { EntityId, RelationId } from "./graph.ts";
import type { Page, PageArguments } from "./reading.ts";

/** EXCLUDE: never this item, or what this entity is linked to. LESS: less because of this. */
export type FeedbackKind = "EXCLUDE" | "LESS";

/** What recommending needs of a user's feedback. */
export interface Wish {
  readonly kind: FeedbackKind;
  /** Null where all entities are meant. */
  readonly entity: EntityId | null;
  /** Null where all relations are meant. */
  readonly relation: RelationId | null;
  /** Of LESS: what is left of the paths' mass, 0..1. */
  readonly factor: number;
}

/** A user's feedback as it is stored. */
export interface Feedback extends Wish {
  readonly id: string;
  readonly user: string;
  readonly at: Date;
}

/** Feedback as it is given: keys, not ids. */
export interface NewFeedback {
  readonly user: string;
  readonly kind: FeedbackKind;
  readonly entity?: string | null;
  readonly relation?: string | null;
  /** Of LESS; one half where left out. */
  readonly factor?: number | null;
}

export interface FeedbackResult {
  /** Null where it was refused, or there was none. */
  readonly feedback: Feedback | null;
  readonly problems: readonly Problem[];
}

/** What users say of their recommendations; one standing feedback for each user, kind, entity and relation. */
export interface FeedbackStore {
  /** Equal feedback is written once; another factor takes the place of the one before. */
  add(feedback: NewFeedback, options: Pick<EditOptions, "dryRun">): Promise<FeedbackResult>;
  /** Takes feedback back; a user's own only. */
  remove(user: string, id: string): Promise<FeedbackResult>;
  /** What stands of a user, oldest first. */
  find(user: string, page: Pick<PageArguments, "first" | "after">): Promise<Page<Feedback>>;
}
