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
