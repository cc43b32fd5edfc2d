import type { Direction, EntityId, RelationId } from "../types.ts";
import { tripleKeyset } from "./findTriplesOf.ts";
import type { Order } from "./LazyPage.ts";

/** A triple as it is met from one of its ends. */
export interface SidedTriple {
  /** 0: the entity is the head, 1: the tail. */
  readonly side: 0 | 1;
  readonly relationId: RelationId;
  readonly headId: EntityId;
  readonly tailId: EntityId;
}

const ORDERS: Readonly<Record<Direction, Order<SidedTriple>>> = {
  OUT: { name: tripleKeyset("OUT").name, positionOf },
  IN: { name: tripleKeyset("IN").name, positionOf },
  BOTH: { name: tripleKeyset("BOTH").name, positionOf },
};

/** The order of the triples of one entity, for a page whose cursors are made of its triples. */
export function tripleOrder(direction: Direction): Order<SidedTriple> {
  return ORDERS[direction];
}

function positionOf({ side, relationId, headId, tailId }: SidedTriple): readonly string[] {
  return [String(side), String(relationId), side === 0 ? tailId : headId];
}
