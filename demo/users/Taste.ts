import type { RelationKey } from "../graph/buildFilmGraph.ts";

/** Something that a user likes films for: a relation and the entity at its end, by key. */
export interface Taste {
  readonly relation: RelationKey;
  readonly entity: string;
  /** How much of the liking it makes, 0..1. */
  readonly weight: number;
}
