import type { Attribution } from "./curation.ts";
import type { Change, Direction, Entity, EntityId, Relation, Revision, Triple, TripleRank } from "./graph.ts";
import type { Shape } from "./shapes.ts";

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

/** The fields that a read needs of triples and of what they name; an end that is null is not read with them. */
export interface TripleSelection {
  readonly triple: readonly (keyof Triple)[];
  readonly head: readonly (keyof Entity)[] | null;
  readonly relation: readonly (keyof Relation)[] | null;
  readonly tail: readonly (keyof Entity)[] | null;
}

/** What a triple names, where it was read together with it. */
export interface TripleEnds {
  readonly head?: Entity | null;
  readonly relation?: Relation | null;
  readonly tail?: Entity | null;
}

/** Arguments of the triples nested under an entity; a hub costs no more than a leaf. */
export interface TriplesOfArguments extends PageArguments {
  readonly direction: Direction;
  /** Relation keys; null for all. */
  readonly relations?: readonly string[] | null;
  /** All fields and no ends where left out; what was not selected cannot be read. */
  readonly select?: TripleSelection | null;
}

/** The first page of triples, of all relations, that is read together with each entity. */
export interface FirstTriples {
  readonly direction: Direction;
  readonly first: number | null;
  /** No dates: what is read together travels as JSON, which has none. */
  readonly select: TripleSelection;
  /** Whether their ids are asked for: without them an index alone tells which triples they are. */
  readonly ids: boolean;
  /** Whether it is asked if there are more; one row less is read where it is not. */
  readonly more: boolean;
}

/** What an entity was read together with; nothing where it came from memory. */
export interface WithTriples {
  readonly firstTriples?: { readonly of: FirstTriples; readonly page: Page<Triple & TripleEnds> };
}

/** The fields to read of entities, together with the first triples of each. */
export interface NestedSelection {
  readonly select: readonly (keyof Entity)[];
  readonly triples: FirstTriples;
  /** As of triples, of a page of entities. */
  readonly more: boolean;
}

/** Reads that are not batched: root fields. All page by key, none by offset. */
export interface Knowledge {
  /** All fields and no triples where `nested` is left out. */
  findEntity(
    by: { readonly id: EntityId } | { readonly key: string },
    nested?: NestedSelection | null,
  ): Promise<(Entity & WithTriples) | null>;
  findEntities(
    query: {
      readonly search?: string | null;
      readonly filter?: EntityFilter | null;
      readonly order: EntityOrder;
      /** All fields where left out; what was not selected cannot be read. */
      readonly select?: readonly (keyof Entity)[] | null;
      /** Read together where the page is the first one of one type, by name; not else. */
      readonly nested?: NestedSelection | null;
    },
    page: PageArguments,
  ): Promise<Page<Entity & WithTriples>>;
  findRelation(key: string): Promise<Relation | null>;
  findRelations(page: PageArguments): Promise<Page<Relation>>;
  findShapes(page: PageArguments): Promise<Page<Shape>>;
  /** What came of the answers of the last `seconds`, most first. */
  countAttributions(seconds: number): Promise<readonly Attribution[]>;
  findTriples(filter: TripleFilter, page: PageArguments): Promise<Page<Triple>>;
  /** Newest first. */
  findChanges(filter: ChangeFilter, page: PageArguments): Promise<Page<Change>>;
  findChange(revision: Revision): Promise<Change | null>;
}
