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

const ROOMY = 2; // places of the table per slot, at least

/** Chains first hops by (entity, relation, side); `gate` gives the attention of a meeting there. */
export class HopChains implements Hops {
  /** Slots by the hash of what they stand for, −1 where a place is free; its length is a power of two. */
  private table = new Int32Array(256).fill(-1);
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
    return this.table[this.findPlace(entity, relation, side)];
  }

  /** The place in the table of a slot, or the free one where it belongs. */
  private findPlace(entity: number, relation: number, side: number): number {
    const last = this.table.length - 1;
    let place = (Math.imul(entity, 0x9e3779b1) ^ Math.imul(2 * relation + side, 0x85ebca6b)) >>> 7;
    for (place &= last; ; place = (place + 1) & last) {
      const slot = this.table[place];
      if (slot < 0) return place;
      if (
        this.slotEntity[slot] === entity &&
        this.slotRelation[slot] === relation &&
        this.slotSide[slot] === side
      ) {
        return place;
      }
    }
  }

  private grow(): void {
    this.table = new Int32Array(2 * this.table.length).fill(-1);
    for (let slot = 0; slot < this.mass.length; slot++) {
      const place = this.findPlace(this.slotEntity[slot], this.slotRelation[slot], this.slotSide[slot]);
      this.table[place] = slot;
    }
  }

  private slotAt(entity: number, relation: number, inverse: boolean): number {
    const side = sideOf(this.graph, relation, inverse);
    const place = this.findPlace(entity, relation, side);
    if (this.table[place] >= 0) return this.table[place];
    const slot = this.mass.length;
    this.table[place] = slot;
    this.slotSide.push(side);
    this.slotGate.push(this.gate(entity, relation));
    this.slotEntity.push(entity);
    this.slotRelation.push(relation);
    this.mass.push(0);
    this.first.push(-1);
    if (ROOMY * this.mass.length > this.table.length) this.grow();
    return slot;
  }
}
