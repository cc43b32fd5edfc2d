import type { Edges, Graph } from "../kg/types.ts";

/** First hops of a history, chained per slot: `first[slot]`, then `next[hop]`, −1 at the end. */
export interface Hops {
  /** How many slots there are: entities that the history reaches, each over one relation and one side of it. */
  readonly slots: number;
  readonly slotEntity: Int32Array;
  readonly slotRelation: Int32Array;
  readonly slotSide: Uint8Array;
  /** The next slot of the same entity, −1 at the end. */
  readonly slotNext: Int32Array;
  /** Gated mass per slot. */
  readonly mass: Float64Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** Place in the history. */
  readonly place: Int32Array;
  /** 1 where the history item is the tail of the triple, else 0. */
  readonly inverse: Uint8Array;
  /** a · ρ_j · n_j · confidence of each hop. */
  readonly weight: Float64Array;
  readonly triple: Uint32Array;
  /** Place of an entity in the history, −1 where it has none. */
  placeOf(entity: number): number;
  /** Row of an entity that a triple may meet the history at, −1 where it is none. */
  findRow(entity: number): number;
  /** Place in the history of a row's entity, −1 where it has none. */
  readonly rowPlace: Int32Array;
  /** The last slot of a row's entity, −1 where it has none. */
  readonly rowSlot: Int32Array;
}

/**
 * The side of a relation that an item stands on: 0 as its head, 1 as its tail (`inverse`). Two items meet
 * where both stand on the same side; a symmetric relation has one side only.
 */
export function sideOf(graph: Graph, relation: number, inverse: boolean): number {
  return inverse && !graph.relations[relation].symmetric ? 1 : 0;
}

const ROOMY = 2; // places of the table per row, at least
const FILTER_BITS = 16; // 65,536 places, 8 kB
const FILTER_MASK = (1 << (FILTER_BITS - 5)) - 1;

/**
 * Chains first hops by (entity, relation, side); `gate` gives the attention of a meeting there. `room` says how many
 * places and hops will come. Nearly all that an item's triples lead to has no part in a history: a Bloom filter
 * with one hash says so by one look at a bit.
 */
export class HopChains implements Hops {
  /** Rows by the hash of their entity, −1 where a place is free; its length is a power of two. */
  readonly #table: Int32Array;
  readonly #shift: number;
  readonly #filter = new Int32Array(1 << (FILTER_BITS - 5));
  readonly #rowEntity: Int32Array;
  readonly #slotGate: Float64Array;
  #rows = 0;
  #hops = 0;
  slots = 0;
  readonly rowPlace: Int32Array;
  readonly rowSlot: Int32Array;
  readonly slotEntity: Int32Array;
  readonly slotRelation: Int32Array;
  readonly slotSide: Uint8Array;
  readonly slotNext: Int32Array;
  readonly mass: Float64Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly place: Int32Array;
  readonly inverse: Uint8Array;
  readonly weight: Float64Array;
  readonly triple: Uint32Array;

  constructor(
    private readonly graph: Graph,
    private readonly gate: (entity: number, relation: number) => number,
    { places, hops }: { readonly places: number; readonly hops: number },
  ) {
    const rows = places + hops;
    const bits = 33 - Math.clz32(Math.max(1, rows * ROOMY - 1));
    this.#table = new Int32Array(1 << bits).fill(-1);
    this.#shift = 32 - bits;
    [this.#rowEntity, this.rowPlace, this.rowSlot] = [
      new Int32Array(rows),
      new Int32Array(rows),
      new Int32Array(rows),
    ];
    this.#slotGate = new Float64Array(hops);
    [this.slotEntity, this.slotRelation] = [new Int32Array(hops), new Int32Array(hops)];
    [this.slotSide, this.slotNext] = [new Uint8Array(hops), new Int32Array(hops)];
    [this.mass, this.first] = [new Float64Array(hops), new Int32Array(hops)];
    [this.next, this.place, this.inverse] = [
      new Int32Array(hops),
      new Int32Array(hops),
      new Uint8Array(hops),
    ];
    [this.weight, this.triple] = [new Float64Array(hops), new Uint32Array(hops)];
  }

  /** Says that an entity is itself in the history; of several places the first that is told stays. */
  addPlace(entity: number, place: number): void {
    const row = this.#rowAt(entity);
    if (this.rowPlace[row] < 0) this.rowPlace[row] = place;
  }

  add(edges: Edges, place: number, start: number, inverse: boolean): void {
    const { neighbour, relation, confidence, triple, end } = edges;
    for (let edge = edges.start; edge < end; edge++) {
      const slot = this.#slotAt(neighbour[edge], relation[edge], inverse);
      const weight = start * confidence[edge] * this.#slotGate[slot];
      const hop = this.#hops++;
      this.mass[slot] += weight;
      this.next[hop] = this.first[slot];
      this.first[slot] = hop;
      this.place[hop] = place;
      this.inverse[hop] = inverse ? 1 : 0;
      this.weight[hop] = weight;
      this.triple[hop] = triple[edge];
    }
  }

  placeOf(entity: number): number {
    const row = this.findRow(entity);
    return row < 0 ? -1 : this.rowPlace[row];
  }

  findRow(entity: number): number {
    if ((this.#filter[(entity >>> 5) & FILTER_MASK] & (1 << (entity & 31))) === 0) return -1;
    return this.#table[this.#findPlace(entity)];
  }

  /** The place in the table of an entity's row, or the free one where it belongs. */
  #findPlace(entity: number): number {
    const [table, last] = [this.#table, this.#table.length - 1];
    for (let at = Math.imul(entity, 0x9e3779b1) >>> this.#shift; ; at = (at + 1) & last) {
      const row = table[at];
      if (row < 0 || this.#rowEntity[row] === entity) return at;
    }
  }

  #rowAt(entity: number): number {
    const at = this.#findPlace(entity);
    if (this.#table[at] >= 0) return this.#table[at];
    const row = this.#rows++;
    this.#table[at] = row;
    this.#rowEntity[row] = entity;
    this.rowPlace[row] = -1;
    this.rowSlot[row] = -1;
    this.#filter[(entity >>> 5) & FILTER_MASK] |= 1 << (entity & 31);
    return row;
  }

  #slotAt(entity: number, relation: number, inverse: boolean): number {
    const side = sideOf(this.graph, relation, inverse);
    const row = this.#rowAt(entity);
    const found = findSlot(this, row, relation, side);
    if (found >= 0) return found;
    const slot = this.slots++;
    this.slotSide[slot] = side;
    this.#slotGate[slot] = this.gate(entity, relation);
    this.slotEntity[slot] = entity;
    this.slotRelation[slot] = relation;
    this.first[slot] = -1;
    this.slotNext[slot] = this.rowSlot[row];
    this.rowSlot[row] = slot;
    return slot;
  }
}

/** Slot of a row's entity that was reached over `relation`; −1 where none was. See `sideOf`. */
export function findSlot(hops: Hops, row: number, relation: number, side: number): number {
  let slot = hops.rowSlot[row];
  while (slot >= 0 && (hops.slotRelation[slot] !== relation || hops.slotSide[slot] !== side)) {
    slot = hops.slotNext[slot];
  }
  return slot;
}
