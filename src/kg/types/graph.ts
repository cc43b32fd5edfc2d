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
  /** The words that say it. */
  readonly quote?: string | null;
  /** Who proposed what a curator accepted. */
  readonly proposedBy?: string | null;
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

export type ChangeSubject = "entity" | "relation" | "triple" | "shape";

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
export interface QueryOptions {
  readonly prepared?: boolean;
  /** Ends the statement in Postgres when it is aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
}
export interface Queryable {
  /**
   * With `prepared`, Postgres parses and plans the statement once per connection: for those that come again and
   * again and whose plan does not depend on their parameters.
   */
  query<T>(sql: string, parameters?: readonly unknown[], options?: QueryOptions): Promise<T[]>;
}
