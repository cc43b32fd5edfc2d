import { climbGrid, validate } from "../baselines/selectOnValidation.ts";
import type { RankedModel, Training, UserScorer } from "../types.ts";

/** Exponent of the discount for entities that many items share. */
const DISCOUNTS: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/**
 * Ranks items by what they share with the history in the graph, all history items and relations alike: the
 * number of two-hop paths j –r– e –r– i and of direct triples j –r– i, each path divided by (items at e)^b; b is
 * chosen on validation. It knows nothing of what users did, so an item is as good as its facts.
 */
export const sharedEntities: RankedModel = {
  name: "kg-2-hop",
  seeded: false,
  async fit(training) {
    const facts = listFacts(training);
    const discount = climbGrid(DISCOUNTS, 2, (entry) => validate(makeScorer(facts, entry), training));
    return makeScorer(facts, discount);
  },
};

/** Facts of items in compressed rows: item i has those at offsets[i] … offsets[i + 1] − 1. */
interface Facts {
  readonly offsets: Int32Array;
  /** One number per (relation, direction, entity). */
  readonly fact: Int32Array;
  /** Items that have the fact. */
  readonly count: Int32Array;
  /** Items that each item has a triple with, once per triple. */
  readonly linked: readonly (readonly number[])[];
}

function listFacts({ graph, items, itemIndexToEntity }: Training): Facts {
  const itemAt = new Map<number, number>();
  itemIndexToEntity.forEach((entity, item) => {
    if (entity >= 0) itemAt.set(entity, item);
  });
  const factOf = new Map<number, number>();
  const offsets = new Int32Array(items + 1);
  const fact: number[] = [];
  const linked: number[][] = Array.from({ length: items }, () => []);
  for (let item = 0; item < items; item++) {
    const entity = itemIndexToEntity[item];
    for (const inverse of graph && entity >= 0 ? [0, 1] : []) {
      const { start, end, neighbour, relation } = inverse ? graph!.in(entity) : graph!.out(entity);
      for (let at = start; at < end; at++) {
        const key = (neighbour[at] * graph!.relations.length + relation[at]) * 2 + inverse;
        if (!factOf.has(key)) factOf.set(key, factOf.size);
        fact.push(factOf.get(key)!);
        const other = itemAt.get(neighbour[at]);
        if (other !== undefined) linked[item].push(other);
      }
    }
    offsets[item + 1] = fact.length;
  }
  const count = new Int32Array(factOf.size);
  for (const one of fact) count[one]++;
  return { offsets, fact: Int32Array.from(fact), count, linked };
}

function makeScorer({ offsets, fact, count, linked }: Facts, discount: number): UserScorer {
  const worth = Float64Array.from(count, (items) => items ** -discount);
  const known = new Float64Array(count.length);
  return {
    chosen: { discount },
    score(_user, { items }, out) {
      known.fill(0);
      for (const item of items) {
        for (let at = offsets[item]; at < offsets[item + 1]; at++) known[fact[at]] += worth[fact[at]];
        for (const other of linked[item]) out[other]++;
      }
      for (let item = 0; item < out.length; item++) {
        for (let at = offsets[item]; at < offsets[item + 1]; at++) out[item] += known[fact[at]];
      }
    },
  };
}
