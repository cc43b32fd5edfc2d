import type {
  Entity,
  EntityId,
  NestedSelection,
  Page,
  Relation,
  RelationId,
  Triple,
  TripleId,
  TriplesOfArguments,
  WithTriples,
} from "../types.ts";

/** Finds what belongs to many keys at once; what is not there is left out. */
export type FindMany<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>;

/** The first page of the entities of one type, by name. */
export interface OfTypeArguments {
  readonly first: number | null;
  readonly select: readonly (keyof Entity)[] | null;
}

/** The same, with the first triples of each. */
export interface NestedOfTypeArguments {
  readonly first: number | null;
  readonly nested: NestedSelection;
}

/** The reads that come again and again, each for many keys at once. */
export interface Reads {
  readonly entities: FindMany<EntityId, Entity>;
  readonly entitiesByKey: FindMany<string, Entity>;
  readonly relations: FindMany<RelationId, Relation>;
  readonly triples: FindMany<TripleId, Triple>;
  /** Equal arguments, written with the same fields, may share a statement. */
  triplesOf(page: TriplesOfArguments): FindMany<EntityId, Page<Triple>>;
  entitiesOfType(page: OfTypeArguments): FindMany<string, Page<Entity>>;
  /** `entitiesOfType` and `triplesOf` in one; from memory without the triples, which are there as well. */
  nestedOfType(page: NestedOfTypeArguments): FindMany<string, Page<Entity & WithTriples>>;
  /** `entitiesByKey`, or `entities`, and `triplesOf` in one. */
  nestedBy(by: "key" | "id", nested: NestedSelection): FindMany<string, Entity & WithTriples>;
}
