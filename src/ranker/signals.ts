import type { Edges, Graph } from "../kg/types.ts";
import type { BoundModel } from "./bindModel.ts";
import { weighRecency } from "./recency.ts";

/**
 * What a history says before any candidate is looked at: the weight ρ_j of each history item j, and the mass
 * that reaches each (entity, relation, direction) in one hop from the history,
 * m = Σ_j ρ_j · degree_j^−itemDiscount · confidence. The hops stay in chains, so that evidence can name them.
 */
export interface Signals {
  readonly model: BoundModel;
  readonly graph: Graph;
  /** Entity indices, newest first, [H]. */
  readonly history: Int32Array;
  /** ρ, [H]. */
  readonly recency: Float64Array;
  /** Place in the history of an entity index. */
  readonly placeOf: ReadonlyMap<number, number>;
  readonly hops: Hops;
}

/** First hops, chained per slot: `first[slot]`, then `next[hop]`, −1 at the end. */
export interface Hops {
  readonly slotEntity: readonly number[];
  readonly slotRelation: readonly number[];
  /** Slot of an entity that was reached over `relation`; −1 where none was. See `sideOf`. */
  findSlot(entity: number, relation: number, side: number): number;
  /** Mass per slot. */
  readonly mass: readonly number[];
  readonly first: readonly number[];
  readonly next: readonly number[];
  /** Place in the history. */
  readonly place: readonly number[];
  /** True where the history item is the tail of the triple. */
  readonly inverse: readonly boolean[];
  /** ρ_j · n_j · confidence of each hop. */
  readonly weight: readonly number[];
  readonly confidence: readonly number[];
  readonly triple: readonly number[];
}

/**
 * The side of a relation that an item stands on: 0 as its head, 1 as its tail (`inverse`). Two items meet
 * where both stand on the same side; a symmetric relation has one side only.
 */
export function sideOf(graph: Graph, relation: number, inverse: boolean): number {
  return inverse && !graph.relations[relation].symmetric ? 1 : 0;
}

/**
 * Collects the signals of `history` (entity indices, newest first; `ordered` false where no times are known).
 * Cost: one visit of each triple of the newest `maxHistory` items.
 */
export function collectSignals(
  model: BoundModel,
  graph: Graph,
  history: readonly number[],
  ordered = true,
): Signals {
  const kept = Int32Array.from(history.slice(0, model.config.maxHistory));
  const recency = weighRecency(kept.length, ordered ? model.config.halfLife : null);
  const chains = new HopChains(graph);
  const placeOf = new Map<number, number>();
  for (let place = 0; place < kept.length; place++) {
    const item = kept[place];
    placeOf.set(item, place);
    const start = recency[place] * model.itemFactor(item);
    chains.add(graph.out(item), place, start, false);
    chains.add(graph.in(item), place, start, true);
  }
  return { model, graph, history: kept, recency, placeOf, hops: chains };
}

class HopChains implements Hops {
  /** Newest slot of an entity; its other slots follow in `slotNext`. */
  private readonly slotOf = new Map<number, number>();
  private readonly slotNext: number[] = [];
  private readonly slotSide: number[] = [];
  readonly slotEntity: number[] = [];
  readonly slotRelation: number[] = [];
  readonly mass: number[] = [];
  readonly first: number[] = [];
  readonly next: number[] = [];
  readonly place: number[] = [];
  readonly inverse: boolean[] = [];
  readonly weight: number[] = [];
  readonly confidence: number[] = [];
  readonly triple: number[] = [];

  constructor(private readonly graph: Graph) {}

  add(edges: Edges, place: number, start: number, inverse: boolean): void {
    for (let edge = edges.start; edge < edges.end; edge++) {
      const slot = this.slotAt(edges.neighbour[edge], edges.relation[edge], inverse);
      const weight = start * edges.confidence[edge];
      this.mass[slot] += weight;
      this.next.push(this.first[slot]);
      this.first[slot] = this.place.length;
      this.place.push(place);
      this.inverse.push(inverse);
      this.weight.push(weight);
      this.confidence.push(edges.confidence[edge]);
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
    this.slotEntity.push(entity);
    this.slotRelation.push(relation);
    this.mass.push(0);
    this.first.push(-1);
    return slot;
  }
}
