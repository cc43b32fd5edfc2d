import type { EntityBy } from "./curation.ts";
import type { Entity, EntityId, Relation, RelationId, Revision, Triple, TripleId } from "./graph.ts";
import type { Page, PageArguments, TripleFilter, TriplesOfArguments } from "./reading.ts";

/** A moment of the graph: a revision, or the last one until a time. */
export type AsOf = { readonly revision: Revision } | { readonly at: Date };

/** The revision that a thing was read as of; what it leads to is read as of it too. */
export interface AsOfRevision {
  readonly asOf: Revision;
}

/** The graph as it was, answered from the change log. */
export interface Past {
  /** @throws {DomainError} BAD_USER_INPUT for a malformed revision, or one that is still to come */
  findRevision(asOf: AsOf): Promise<Revision>;
  /** A merged entity resolves to the one that survived then. */
  findEntity(by: EntityBy, revision: Revision): Promise<(Entity & AsOfRevision) | null>;
  findRelation(key: string, revision: Revision): Promise<(Relation & AsOfRevision) | null>;
  findTriples(
    filter: TripleFilter,
    page: PageArguments,
    revision: Revision,
  ): Promise<Page<Triple & AsOfRevision>>;
  /** Ordered by id, OUT and IN together. */
  findTriplesOf(
    id: EntityId,
    page: TriplesOfArguments,
    revision: Revision,
  ): Promise<Page<Triple & AsOfRevision>>;
  loadEntities(
    ids: readonly EntityId[],
    revision: Revision,
  ): Promise<ReadonlyMap<EntityId, Entity & AsOfRevision>>;
  loadRelations(
    ids: readonly RelationId[],
    revision: Revision,
  ): Promise<ReadonlyMap<RelationId, Relation & AsOfRevision>>;
  loadTriples(
    ids: readonly TripleId[],
    revision: Revision,
  ): Promise<ReadonlyMap<TripleId, Triple & AsOfRevision>>;
}
