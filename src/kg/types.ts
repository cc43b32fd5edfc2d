/** Database identity of an entity: a decimal string, because it is a bigint in Postgres. */
export type EntityId = string;
/** Database identity of a triple: a decimal string. */
export type TripleId = string;
/** Database identity of a relation. */
export type RelationId = number;
/** Number of a change in commit order, a decimal string; "0" is the empty graph. */
export type Revision = string;

export type JSONObject = { readonly [key: string]: unknown };

export interface Entity {
  readonly id: EntityId;
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string | null;
  readonly attributes: JSONObject;
  readonly isItem: boolean;
  readonly mergedInto: EntityId | null;
  readonly revision: number;
}

export interface Relation {
  readonly id: RelationId;
  readonly key: string;
  readonly label: string;
  readonly inverseLabel: string | null;
  readonly domain: readonly string[] | null;
  readonly range: readonly string[] | null;
  readonly maxPerHead: number | null;
  readonly symmetric: boolean;
  readonly revision: number;
}

export type TripleRank = "PREFERRED" | "NORMAL" | "DEPRECATED";
export type SourceMethod = "CURATOR" | "IMPORT" | "EXTRACTION";

export interface Source {
  readonly name: string;
  readonly url?: string | null;
  /** ISO 8601. */
  readonly retrievedAt?: string | null;
  readonly method: SourceMethod;
}

export interface Triple {
  readonly id: TripleId;
  readonly headId: EntityId;
  readonly relationId: RelationId;
  readonly tailId: EntityId;
  /** 0..1 */
  readonly confidence: number;
  readonly rank: TripleRank;
  readonly qualifiers: JSONObject;
  readonly sources: readonly Source[];
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly revision: number;
}

/** One thing that a user did with an item. */
export interface Interaction {
  readonly user: string;
  readonly itemId: EntityId;
  /** "rating", "listen", "view" …: the verb of the sentence that explains. */
  readonly kind: string;
  readonly weight: number;
  readonly at: Date | null;
}

export type ChangeSubject = "entity" | "relation" | "triple";

/** One row that a change touched; `before` is null for a created row, `after` for a deleted one. */
export interface ChangeRow {
  readonly subject: ChangeSubject;
  readonly subjectId: string;
  readonly before: JSONObject | null;
  readonly after: JSONObject | null;
}

/** One reversible edit: one transaction, one revision. */
export interface Change {
  readonly revision: Revision;
  readonly kind: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
}

export type Direction = "OUT" | "IN" | "BOTH";

/** Anything that runs one SQL statement and gives its rows: the database, or one open transaction of it. */
export interface Queryable {
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

// --- the snapshot, as those who walk it see it -------------------------------------------------------------

/**
 * The live triples that leave (or enter) one entity: positions `start`…`end` of the parallel arrays, sorted by
 * (relation, neighbour). Only DEPRECATED triples are absent.
 */
export interface Edges {
  readonly start: number;
  readonly end: number;
  /** Entity index at the other end. */
  readonly neighbour: Int32Array;
  /** Relation index, see `Graph.relations`. */
  readonly relation: Uint16Array;
  /** 0..1 */
  readonly confidence: Float32Array;
  /** Triple id as a number. */
  readonly triple: Uint32Array;
}

/**
 * The graph in memory, as of one revision. Entities have a dense index (0…size−1), in the order of their ids.
 * Reading is synchronous; the graph does not change within one tick of the event loop.
 */
export interface Graph {
  readonly revision: Revision;
  /** One past the highest entity index. */
  readonly size: number;
  /** Live triples. */
  readonly tripleCount: number;
  /** Relations by relation index. */
  readonly relations: readonly Relation[];
  /** Entity types by type index. */
  readonly types: readonly string[];
  /** Index of an entity, −1 where the graph does not know it. */
  indexOf(id: EntityId): number;
  idOf(index: number): EntityId;
  isItem(index: number): boolean;
  /** Type index of an entity. */
  typeOf(index: number): number;
  /** Triples whose head is `index`. */
  out(index: number): Edges;
  /** Triples whose tail is `index`. */
  in(index: number): Edges;
}

// --- reading the graph, as the gateway asks for it -----------------------------------------------------------

/** Relay's arguments; exactly one direction at a time. A cursor is opaque and made by the page it came from. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Keys of a relation and of the entity at its other end. */
export interface RelatedTo {
  readonly relation: string;
  readonly entity: string;
}

export interface EntityFilter {
  readonly types?: readonly string[] | null;
  readonly keys?: readonly string[] | null;
  readonly isItem?: boolean | null;
  readonly relatedTo?: RelatedTo | null;
}
export type EntityOrder = "NAME_ASC" | "NAME_DESC" | "DEGREE_DESC" | "RELEVANCE";

/** Head, relation and tail are keys; `source` is a source's name. */
export interface TripleFilter {
  readonly head?: string | null;
  readonly relation?: string | null;
  readonly tail?: string | null;
  readonly rank?: TripleRank | null;
  readonly minConfidence?: number | null;
  readonly source?: string | null;
}

export interface ChangeFilter {
  /** Key of an entity: its own changes and those of its triples. */
  readonly entity?: string | null;
  readonly actor?: string | null;
  readonly kind?: string | null;
  readonly since?: Date | null;
}

/** Arguments of the triples nested under an entity; a hub costs no more than a leaf. */
export interface TriplesOfArguments extends PageArguments {
  readonly direction: Direction;
  /** Relation keys; null for all. */
  readonly relations?: readonly string[] | null;
}

/** Reads that are not batched: root fields. All page by key, none by offset. */
export interface Knowledge {
  findEntity(by: { readonly id: EntityId } | { readonly key: string }): Promise<Entity | null>;
  findEntities(
    query: {
      readonly search?: string | null;
      readonly filter?: EntityFilter | null;
      readonly order: EntityOrder;
    },
    page: PageArguments,
  ): Promise<Page<Entity>>;
  findRelation(key: string): Promise<Relation | null>;
  findRelations(page: PageArguments): Promise<Page<Relation>>;
  findTriples(filter: TripleFilter, page: PageArguments): Promise<Page<Triple>>;
  /** Newest first. */
  findChanges(filter: ChangeFilter, page: PageArguments): Promise<Page<Change>>;
  findChange(revision: Revision): Promise<Change | null>;
}

// --- writing the graph -----------------------------------------------------------------------------------------

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
  | "JOB_ENDED";

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

/** One hop of a path between two entities, with the triple that was walked. */
export interface GraphStep {
  readonly from: EntityId;
  readonly to: EntityId;
  readonly relationId: RelationId;
  /** OUT: from head to tail. */
  readonly direction: "OUT" | "IN";
  readonly tripleId: TripleId;
  /** The triple's confidence over log(2 + degree) of the entity that is reached. */
  readonly weight: number;
}
export type GraphPath = readonly GraphStep[];

// --- vectors of entities ---------------------------------------------------------------------------------------

export type VectorKind = "TEXT" | "VECTOR";

/** A named set of vectors without its numbers: all were made by one encoder. */
export interface VectorSetRecord {
  readonly name: string;
  /** TEXT: made of the entities' words here. VECTOR: made elsewhere. */
  readonly kind: VectorKind;
  readonly encoder: string;
  readonly dim: number;
  /** Entities with a vector. */
  readonly encoded: number;
  /** Entities that were tried and have none. */
  readonly refused: number;
  readonly updatedAt: Date;
}

/** A vector set in memory. */
export interface VectorSet extends Pick<VectorSetRecord, "name" | "kind" | "encoder" | "dim"> {
  /** Entity ids as numbers, ascending, [n]. */
  readonly ids: Float64Array;
  /** [n × dim] */
  readonly values: Float32Array;
}

// --- embeddings, and the triples that they predict ---------------------------------------------------------------

/** A stored embedding without its artifact. */
export interface EmbeddingRecord {
  readonly id: string;
  /** "complex", "rotate" … */
  readonly model: string;
  readonly config: JSONObject;
  readonly configDigest: string;
  readonly dataRevision: Revision;
  readonly metrics: { readonly [name: string]: number };
  readonly digest: string;
  readonly createdAt: Date;
}

/** A triple by what it says. */
export type TripleKey = Pick<Triple, "headId" | "relationId" | "tailId">;

/** Keys; at least one of the two. */
export interface LinkQuestion {
  readonly entity?: string | null;
  readonly relation?: string | null;
  readonly first: number;
}

/** A triple that the graph does not have. */
export interface LikelyTriple extends TripleKey {
  /** 0..1 */
  readonly score: number;
  /** The embedding model that predicts it. */
  readonly model: string;
}

// --- models, and the jobs that make them -------------------------------------------------------------------------

/** What a model was fitted on, and what came of it: the facts of its card. */
export interface ModelData {
  readonly users: number;
  readonly items: number;
  readonly entities: number;
  readonly triples: number;
  /** What was held out to learn and judge by, in words. */
  readonly split: string;
  readonly seconds: number;
  /** Fusion weights by component; a vector set as "TEXT name". */
  readonly fusion: { readonly [component: string]: number };
  /** Keys of some of its entities by id: they tell this graph from another. */
  readonly sample: { readonly [id: EntityId]: string };
}

/** A stored model without its artifact. */
export interface ModelRecord {
  readonly id: string;
  readonly config: JSONObject;
  readonly configDigest: string;
  readonly dataRevision: Revision;
  readonly interactions: number;
  readonly metrics: { readonly [name: string]: number };
  /** Empty of a model that was stored before these were kept. */
  readonly data: Partial<ModelData>;
  readonly digest: string;
  readonly createdAt: Date;
}

/** Exactly one of `id` and `previous`: a stored model, or the one that served before. */
export interface Activation {
  readonly id?: string | null;
  readonly previous?: boolean | null;
  /** Refused with ACTIVE_MODEL_CHANGED where another one serves. */
  readonly expectedActive?: string | null;
}

export type JobKind = "TRAIN";
export type JobStatus = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

/** Work that goes on after the answer to whoever asked for it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** 0..1 */
  readonly progress: number;
  /** What it does now. */
  readonly message: string | null;
  /** Why it failed. */
  readonly error: string | null;
  readonly actor: string;
  readonly reason: string | null;
  readonly input: JSONObject;
  readonly modelId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TrainRequest {
  /** Settings that are fixed; the others are searched over. */
  readonly config?: JSONObject | null;
  readonly seed?: number | null;
  /** Whether the new model serves once it is fitted; true where absent. */
  readonly activate?: boolean | null;
}

/** Trainings: one at a time per database. */
export interface Jobs {
  /** Starts one and returns at once; TRAINING_RUNS where one runs already. */
  train(request: TrainRequest, options: EditOptions): Promise<EditResult<Job>>;
  /** Ends a job wherever it runs, and returns once it has. */
  cancel(id: string): Promise<EditResult<Job>>;
  findJob(id: string): Promise<Job | null>;
  /** Newest first. */
  findJobs(page: PageArguments): Promise<Page<Job>>;
}
