import type { EntityId, Relation, RelationId, Revision, TripleId } from "./graph.ts";

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
