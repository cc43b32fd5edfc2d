import type { Edges, Graph } from "../kg/types.ts";
import type { RowIndex } from "./RowIndex.ts";

/** First hops of a history, chained per slot: `first[slot]`, then `next[hop]`, −1 at the end. */
export interface Hops {
  /** How many slots there are: entities that the history reaches, each over one relation and one side of it. */
  readonly slots: number;
  readonly slotEntity: Int32Array;
  readonly slotRelation: Int32Array;
  readonly slotSide: Int32Array;
  /** The next slot of the same entity, −1 at the end. */
  readonly slotNext: Int32Array;
  /** Gated mass per slot. */
  readonly mass: Float64Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** Place in the history. */
  readonly place: Int32Array;
  /** 1 where the history item is the tail of the triple, else 0. */
  readonly inverse: Int32Array;
  /** a · ρ_j · n_j · confidence of each hop. */
  readonly weight: Float64Array;
  readonly triple: Uint32Array;
  /** Place of an entity in the history, −1 where it has none. */
  placeOf(entity: number): number;
  /**
   * Rows of the entities that a triple may meet the history at: row + 1 by entity, 0 where it is none. Good until another
   * history is looked at.
   */
  rowsByEntity(): Int32Array;
  /** Place in the history of a row's entity, −1 where it has none. */
  readonly rowPlace: Int32Array;
  /** The last slot of a row's entity, −1 where it has none. */
  readonly rowSlot: Int32Array;
  /** n_e of a row's entity as the middle of a path. */
  readonly rowFactor: Float64Array;
}

/**
 * The side of a relation that an item stands on: 0 as its head, 1 as its tail (`inverse`). Two items meet
 * where both stand on the same side; a symmetric relation has one side only.
 */
export function sideOf(graph: Graph, relation: number, inverse: boolean): number {
  return inverse && !graph.relations[relation].symmetric ? 1 : 0;
}

/** What a meeting at an entity is worth. */
export interface Weights {
  /** n_e. */
  factor(entity: number): number;
  /** The attention of a meeting there over a relation. */
  gate(entity: number, relation: number): number;
}

/**
 * Chains first hops by (entity, relation, side). The last argument says how many places and hops will come. Nearly all that an item's triples lead to has no part in a history: `index`, which all
 * histories share, says so by one look at an array.
 */
export class HopChains implements Hops {
  readonly #slotGate: Float64Array;
  #hops = 0;
  rows = 0;
  slots = 0;
  readonly rowEntity: Int32Array;
  readonly rowPlace: Int32Array;
  readonly rowSlot: Int32Array;
  readonly rowFactor: Float64Array;
  readonly slotEntity: Int32Array;
  readonly slotRelation: Int32Array;
  readonly slotSide: Int32Array;
  readonly slotNext: Int32Array;
  readonly mass: Float64Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly place: Int32Array;
  readonly inverse: Int32Array;
  readonly weight: Float64Array;
  readonly triple: Uint32Array;

  constructor(
    private readonly graph: Graph,
    private readonly index: RowIndex,
    private readonly weigh: Weights,
    { places, hops }: { readonly places: number; readonly hops: number },
  ) {
    const rows = places + hops;
    [this.mass, this.weight, this.#slotGate] = split(new Float64Array(3 * hops), hops);
    this.rowFactor = new Float64Array(rows);
    [this.rowEntity, this.rowPlace, this.rowSlot] = split(new Int32Array(3 * rows), rows);
    [this.slotEntity, this.slotRelation, this.slotSide, this.slotNext] = split(
      new Int32Array(4 * hops),
      hops,
    );
    [this.first, this.next, this.place, this.inverse] = split(new Int32Array(4 * hops), hops);
    this.triple = new Uint32Array(hops);
  }

  /** Says that an entity is itself in the history; of several places the first that is told stays. */
  addPlace(entity: number, place: number): void {
    const row = this.#rowAt(this.rowsByEntity(), entity);
    if (this.rowPlace[row] < 0) this.rowPlace[row] = place;
  }

  add(edges: Edges, place: number, start: number, inverse: boolean): void {
    const { neighbour, relation, confidence, triple, end } = edges;
    const places = this.rowsByEntity();
    let [over, side] = [-1, 0];
    for (let edge = edges.start; edge < end; edge++) {
      if (relation[edge] !== over) {
        over = relation[edge];
        side = sideOf(this.graph, over, inverse);
      }
      const entity = neighbour[edge];
      const slot = this.#slotAt(this.#rowAt(places, entity), { entity, relation: over, side });
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
    const row = this.rowsByEntity()[entity] - 1;
    return row < 0 ? -1 : this.rowPlace[row];
  }

  rowsByEntity(): Int32Array {
    return this.index.of(this, this.graph.size);
  }

  #rowAt(places: Int32Array, entity: number): number {
    if (places[entity] > 0) return places[entity] - 1;
    const row = this.rows++;
    places[entity] = row + 1;
    this.rowEntity[row] = entity;
    this.rowPlace[row] = -1;
    this.rowSlot[row] = -1;
    this.rowFactor[row] = this.weigh.factor(entity);
    return row;
  }

  #slotAt(
    row: number,
    of: { readonly entity: number; readonly relation: number; readonly side: number },
  ): number {
    const found = findSlot(this, row, of.relation, of.side);
    if (found >= 0) return found;
    const slot = this.slots++;
    this.slotSide[slot] = of.side;
    this.#slotGate[slot] = this.weigh.gate(of.entity, of.relation);
    this.slotEntity[slot] = of.entity;
    this.slotRelation[slot] = of.relation;
    this.first[slot] = -1;
    this.slotNext[slot] = this.rowSlot[row];
    this.rowSlot[row] = slot;
    return slot;
  }
}

/** At most four columns of one length, one after another in the same memory. */
function split<Column extends Int32Array | Float64Array>(memory: Column, length: number): Column[] {
  return [0, 1, 2, 3].map((at) => memory.subarray(at * length, (at + 1) * length) as Column);
}

/** Slot of a row's entity that was reached over `relation`; −1 where none was. See `sideOf`. */
export function findSlot(hops: Hops, row: number, relation: number, side: number): number {
  let slot = hops.rowSlot[row];
  while (slot >= 0 && (hops.slotRelation[slot] !== relation || hops.slotSide[slot] !== side)) {
    slot = hops.slotNext[slot];
  }
  return slot;
}
