import type {
  Change,
  Entity,
  EntityId,
  JSONObject,
  Relation,
  Revision,
  Source,
  Triple,
  TripleId,
  TripleRank,
} from "./graph.ts";
import type { Shape, ShapeDefinition } from "./shapes.ts";

export type ProblemCode =
  | "KEY_TAKEN"
  | "UNKNOWN_ENTITY"
  | "UNKNOWN_RELATION"
  | "UNKNOWN_TRIPLE"
  | "UNKNOWN_CHANGE"
  | "CHANGE_CONFLICT"
  | "TRIPLE_EXISTS"
  | "NOT_AN_ITEM"
  | "ENTITY_IN_USE"
  | "ENTITY_MERGED"
  | "DOMAIN_VIOLATION"
  | "RANGE_VIOLATION"
  | "CARDINALITY_VIOLATION"
  | "DUPLICATE_VIOLATION"
  | "SHAPE_VIOLATION"
  | "UNKNOWN_SHAPE"
  | "REVISION_CONFLICT"
  | "IDEMPOTENCY_KEY_REUSED"
  | "INVALID_VALUE"
  | "UNKNOWN_MODEL"
  | "UNUSABLE_MODEL"
  | "ACTIVE_MODEL_CHANGED"
  | "TRAINING_RUNS"
  | "VALIDATION_RUNS"
  | "UNKNOWN_JOB"
  | "JOB_ENDED"
  | "UNKNOWN_PROPOSAL"
  | "PROPOSAL_CLOSED"
  | "OWN_PROPOSAL"
  | "UNKNOWN_FEEDBACK"
  | "UNKNOWN_SCENARIO";

/** An ERROR keeps the edit from being written; a WARNING is told, and the edit is written. */
export type Severity = "ERROR" | "WARNING";

/** A mistake of the user: typed, never thrown. `path` leads to the faulty input field. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, the value, what was expected. */
  readonly message: string;
  readonly path: readonly string[] | null;
  /** ERROR where absent. */
  readonly severity?: Severity;
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

/**
 * What every edit answers. `change` is null where nothing was written: an error, a dry run, or nothing to alter.
 * `problems` of a written edit are warnings.
 */
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

/** Names one entity, by database identity or by the tenant's key. A merged one leads to its survivor. */
export type EntityBy = { readonly id: EntityId } | { readonly key: string };

/**
 * What shall be different about an entity; what is absent stays as it is. `attributes` is a merge patch (RFC 7396):
 * null takes an attribute away. Null empties `aliases`, `description` and `attributes`.
 */
export interface EntityPatch {
  readonly type?: string | null;
  readonly name?: string | null;
  readonly aliases?: readonly string[] | null;
  readonly description?: string | null;
  readonly attributes?: JSONObject | null;
  readonly isItem?: boolean | null;
}

/** What shall be different about a triple, as of an entity; `qualifiers` is the merge patch, `sources` are replaced. */
export interface TriplePatch {
  readonly confidence?: number | null;
  readonly rank?: TripleRank | null;
  readonly qualifiers?: JSONObject | null;
  readonly sources?: readonly Source[] | null;
  readonly validFrom?: Date | null;
  readonly validTo?: Date | null;
}

/**
 * A relation by its key: created where there is none, otherwise what is absent stays as it is. Null empties
 * `inverseLabel`, `domain`, `range` and `maxPerHead`.
 */
export interface RelationDefinition {
  readonly key: string;
  /** Made from the key where a new relation has none. */
  readonly label?: string | null;
  readonly inverseLabel?: string | null;
  readonly domain?: readonly string[] | null;
  readonly range?: readonly string[] | null;
  readonly maxPerHead?: number | null;
  readonly symmetric?: boolean | null;
}

/** `from` become one with `into`, which survives. */
export interface Merge {
  readonly into: EntityBy;
  readonly from: readonly EntityBy[];
}

/** The survivor of a merge, and what became of the triples. */
export interface Merged {
  readonly entity: Entity;
  /** Triples that have another end now. */
  readonly triplesMoved: number;
  /** Triples that were stated of several of them, and are one now; each counts that is gone. */
  readonly triplesCombined: number;
  /** Triples between the merged ones, which would lead from the survivor to itself: gone. */
  readonly loopsDropped: number;
}

/** Head, relation and tail are keys; the rest may be altered later. */
export interface NewTriple extends TriplePatch {
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
}

/** `item` is a key. */
export interface NewInteraction {
  readonly user: string;
  readonly item: string;
  readonly kind?: string | null;
  readonly weight?: number | null;
  readonly at?: Date | null;
  /** The answer that it came from. */
  readonly recommendationId?: string | null;
}

/** What came of the answers of one model and scenario. */
export interface Attribution {
  readonly modelId: string;
  readonly scenario: string | null;
  readonly scenarioVersion: number | null;
  readonly kind: string;
  readonly interactions: number;
  readonly answers: number;
  readonly users: number;
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
  updateEntity(by: EntityBy, patch: EntityPatch, options: EditOptions): Promise<EditResult<Entity>>;
  /** Refused where triples or merged entities lead to it, unless `cascade`; interactions always refuse it. */
  deleteEntity(
    by: EntityBy,
    options: EditOptions & { readonly cascade?: boolean | null },
  ): Promise<EditResult<Entity>>;
  mergeEntities(merge: Merge, options: EditOptions): Promise<EditResult<Merged>>;
  defineRelation(definition: RelationDefinition, options: EditOptions): Promise<EditResult<Relation>>;
  /** From now on it is checked on writing; what is there already is told by a validation. */
  defineShape(definition: ShapeDefinition, options: EditOptions): Promise<EditResult<Shape>>;
  deleteShape(key: string, options: EditOptions): Promise<EditResult<Shape>>;
  updateTriple(id: TripleId, patch: TriplePatch, options: EditOptions): Promise<EditResult<Triple>>;
  addTriple(input: NewTriple, options: EditOptions): Promise<EditResult<Triple>>;
  retractTriple(id: TripleId, options: EditOptions): Promise<EditResult<Triple>>;
  /** Undoes any change as a change of its own; the value is the one that is undone. Later edits in the way are problems. */
  revertChange(revision: Revision, options: EditOptions): Promise<EditResult<Change>>;
  /** A bad row becomes a problem and the rest goes on. */
  recordInteractions(
    rows: readonly NewInteraction[],
    options: Pick<EditOptions, "actor" | "dryRun" | "idempotencyKey">,
  ): Promise<InteractionsResult>;
  /** Erases a user's interactions; gives how many there were. */
  forgetUser(user: string): Promise<number>;
}
