import type { Edges, Graph } from "../kg/types.ts";

/** First hops of a history, chained per slot: `first[slot]`, then `next[hop]`, −1 at the end. */
export interface Hops {
  readonly slotEntity: readonly number[];
  readonly slotRelation: readonly number[];
  /** Slot of an entity that was reached over `relation`; −1 where none was. See `sideOf`. */
  findSlot(entity: number, relation: number, side: number): number;
  /** Gated mass per slot. */
  readonly mass: readonly number[];
  readonly first: readonly number[];
  readonly next: readonly number[];
  /** Place in the history. */
  readonly place: readonly number[];
  /** True where the history item is the tail of the triple. */
  readonly inverse: readonly boolean[];
  /** a · ρ_j · n_j · confidence of each hop. */
  readonly weight: readonly number[];
  readonly triple: readonly number[];
}

/**
 * The side of a relation that an item stands on: 0 as its head, 1 as its tail (`inverse`). Two items meet
 * where both stand on the same side; a symmetric relation has one side only.
 */
export function sideOf(graph: Graph, relation: number, inverse: boolean): number {
  return inverse && !graph.relations[relation].symmetric ? 1 : 0;
}

/** Chains first hops by (entity, relation, side); `gate` gives the attention of a meeting there. */
export class HopChains implements Hops {
  /** Newest slot of an entity; its other slots follow in `slotNext`. */
  private readonly slotOf = new Map<number, number>();
  private readonly slotNext: number[] = [];
  private readonly slotSide: number[] = [];
  private readonly slotGate: number[] = [];
  readonly slotEntity: number[] = [];
  readonly slotRelation: number[] = [];
  readonly mass: number[] = [];
  readonly first: number[] = [];
  readonly next: number[] = [];
  readonly place: number[] = [];
  readonly inverse: boolean[] = [];
  readonly weight: number[] = [];
  readonly triple: number[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly gate: (entity: number, relation: number) => number,
  ) {}

  add(edges: Edges, place: number, start: number, inverse: boolean): void {
    for (let edge = edges.start; edge < edges.end; edge++) {
      const slot = this.slotAt(edges.neighbour[edge], edges.relation[edge], inverse);
      const weight = start * edges.confidence[edge] * this.slotGate[slot];
      this.mass[slot] += weight;
      this.next.push(this.first[slot]);
      this.first[slot] = this.place.length;
      this.place.push(place);
      this.inverse.push(inverse);
      this.weight.push(weight);
      this.triple.push(edges.triple[edge]);
    }
  }

  findSlot(entity: number, relation: number, side: number): number {
    let slot = this.slotOf.get(entity) ?? -1;
    while (slot >= 0 && (this.slotRelation[slot] !== relation || this.slotSide[slot] !== side)) {
      slot = this.slotNext[slot];
    }
    return slot;
  }

  private slotAt(entity: number, relation: number, inverse: boolean): number {
    const side = sideOf(this.graph, relation, inverse);
    const found = this.findSlot(entity, relation, side);
    if (found >= 0) return found;
    const slot = this.mass.length;
    this.slotNext.push(this.slotOf.get(entity) ?? -1);
    this.slotOf.set(entity, slot);
    this.slotSide.push(side);
    this.slotGate.push(this.gate(entity, relation));
    this.slotEntity.push(entity);
    this.slotRelation.push(relation);
    this.mass.push(0);
    this.first.push(-1);
    return slot;
  }
}
