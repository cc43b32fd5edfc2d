import type DataLoader from "dataloader";
import type { Entity, EntityId, Relation, RelationId, Revision, Triple, TripleId } from "./kg/types.ts";
import type { Recommender } from "./recommend/types.ts";

export type Role = "VIEWER" | "CURATOR" | "ADMIN";

/** Whoever sends the request. */
export interface Viewer {
  /** Name of the key, or "anonymous". */
  readonly name: string;
  readonly role: Role;
  readonly authenticated: boolean;
}

/** Per-request loaders: one SQL statement per kind and level of a query. */
export interface Loaders {
  readonly entities: DataLoader<EntityId, Entity>;
  readonly entitiesByKey: DataLoader<string, Entity | null>;
  readonly relations: DataLoader<RelationId, Relation>;
  readonly triples: DataLoader<TripleId, Triple | null>;
}

/** What resolvers get. */
export interface Context extends Loaders {
  readonly viewer: Viewer;
  readonly recommender: Recommender;
  /** Revision of the snapshot that answers. */
  readonly graphRevision: Revision;
}
