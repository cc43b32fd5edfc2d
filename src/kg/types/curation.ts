import type { Change, Entity, JSONObject, Revision, Source, Triple, TripleId, TripleRank } from "./graph.ts";

export type ProblemCode =
  | "KEY_TAKEN"
  | "UNKNOWN_ENTITY"
  | "UNKNOWN_RELATION"
  | "UNKNOWN_TRIPLE"
  | "TRIPLE_EXISTS"
  | "NOT_AN_ITEM"
  | "DOMAIN_VIOLATION"
  | "RANGE_VIOLATION"
  | "CARDINALITY_VIOLATION"
  | "REVISION_CONFLICT"
  | "IDEMPOTENCY_KEY_REUSED"
  | "INVALID_VALUE"
  | "UNKNOWN_MODEL"
  | "UNUSABLE_MODEL"
  | "ACTIVE_MODEL_CHANGED"
  | "TRAINING_RUNS"
  | "UNKNOWN_JOB"
  | "JOB_ENDED"
  | "UNKNOWN_PROPOSAL"
  | "PROPOSAL_CLOSED"
  | "OWN_PROPOSAL";

/** A mistake of the user: typed, never thrown. `path` leads to the faulty input field. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, the value, what was expected. */
  readonly message: string;
  readonly path: readonly string[] | null;
}

/** What every curating input has. */
export interface EditOptions {
  readonly actor: string;
  readonly reason?: string | null;
  /** Runs all checks and rolls back. */
  readonly dryRun?: boolean | null;
  /** The same key and request give the same answer again for 24 hours. */
  readonly idempotencyKey?: string | null;
  /** Refused with REVISION_CONFLICT where the object has moved on. */
  readonly expectedRevision?: number | null;
}

/** What every edit answers. `change` is null where nothing was written (problems, dry run). */
export interface EditResult<T> {
  readonly value: T | null;
  readonly change: Change | null;
  readonly problems: readonly Problem[];
  readonly graphRevision: Revision;
}

export interface NewEntity {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly aliases?: readonly string[] | null;
  readonly description?: string | null;
  readonly attributes?: JSONObject | null;
  readonly isItem?: boolean | null;
}

/** Head, relation and tail are keys. */
export interface NewTriple {
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  readonly confidence?: number | null;
  readonly rank?: TripleRank | null;
  readonly qualifiers?: JSONObject | null;
  readonly sources?: readonly Source[] | null;
  readonly validFrom?: Date | null;
  readonly validTo?: Date | null;
}

/** `item` is a key. */
export interface NewInteraction {
  readonly user: string;
  readonly item: string;
  readonly kind?: string | null;
  readonly weight?: number | null;
  readonly at?: Date | null;
}

export interface InteractionsResult {
  /** Rows written now; a row that was there already counts in `known`. */
  readonly recorded: number;
  readonly known: number;
  readonly problems: readonly Problem[];
  readonly graphRevision: Revision;
}

export interface Curation {
  createEntity(input: NewEntity, options: EditOptions): Promise<EditResult<Entity>>;
  addTriple(input: NewTriple, options: EditOptions): Promise<EditResult<Triple>>;
  retractTriple(id: TripleId, options: EditOptions): Promise<EditResult<Triple>>;
  /** A bad row becomes a problem and the rest goes on. */
  recordInteractions(
    rows: readonly NewInteraction[],
    options: Pick<EditOptions, "actor" | "dryRun" | "idempotencyKey">,
  ): Promise<InteractionsResult>;
  /** Erases a user's interactions; gives how many there were. */
  forgetUser(user: string): Promise<number>;
}
