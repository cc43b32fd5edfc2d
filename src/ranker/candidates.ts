import type { Edges } from "../kg/types.ts";
import type { Spread } from "./Spread.ts";
import { eachFromTop, selectTop } from "./selectTop.ts";
import { slopeAtZero } from "./shape.ts";
import type { Signals } from "./signals.ts";
import { dotRow } from "./spaces.ts";

/** Bounds of the candidate search: items per source, and edges walked out of one shared entity. */
const MAX_CANDIDATES = 1000;
const FANOUT = 64;
const INTEREST_FANOUT = 1000; // a history entry that is no item is an interest: its own triples lead to items
const POPULAR = 100;

const NEAREST = 50; // in each space of text or vectors

/**
 * Finds the items worth scoring: those that behaviour reaches, strongest first; those that share an entity
 * with the history (fan-out capped per entity and relation, heaviest mass first); those whose text or vector is nearest;
 * and the most popular ones, so that a list can be filled. `accepts` may be asked more than once per item.
 */
export function findCandidates(signals: Signals, accepts: (item: number) => boolean): number[] {
  const { spreads, graph, model } = signals;
  const found: number[] = [];
  const { met } = model.scratch;
  met.begin(graph.size);
  const offer = (item: number) => {
    if (met.mark(item) && accepts(item)) found.push(item);
  };
  const spaces = model.spaces.map(({ kind }) => kind);
  const most = MAX_CANDIDATES / 2 / (spreads.length + spaces.filter((kind) => kind === "BEHAVIOUR").length);
  for (const spread of spreads) {
    for (const item of findStrongest(spread, accepts, most)) offer(item);
  }
  spaces.forEach((kind, space) => {
    const limit = kind === "BEHAVIOUR" ? most : NEAREST;
    for (const item of findNearest(signals, space, accepts, limit)) offer(item);
  });
  offerConnected(signals, found, offer);
  let popular = 0;
  for (const item of model.popular) {
    if (popular >= POPULAR) break;
    const before = found.length;
    offer(item);
    if (found.length > before) popular++;
  }
  return found;
}

/** Accepted items that behaviour speaks for, strongest first. */
function findStrongest(
  { items, values }: Spread,
  accepts: (item: number) => boolean,
  most: number,
): number[] {
  const takes = (place: number) => values[place] > 0 && accepts(items[place]);
  return Array.from(selectTop(values, most, takes), (place) => items[place]);
}

/** Accepted items whose vectors are nearest to the history's; none where the model gives the space no weight. */
function findNearest(
  { model, graph, spaces, own }: Signals,
  at: number,
  accepts: (item: number) => boolean,
  most: number,
): number[] {
  if (own === 0 || slopeAtZero(model.shapeOf(model.layout.firstSpace + at)) === 0) return [];
  const { rowOf, to, dim } = model.spaces[at];
  const near = new Float64Array(graph.size).fill(Number.NEGATIVE_INFINITY);
  for (let item = 0; item < graph.size; item++) {
    const row = rowOf(item);
    if (row < 0 || !accepts(item)) continue;
    const mass = dotRow(spaces[at].profile, to, row, dim);
    if (mass > 0) near[item] = mass;
  }
  return Array.from(selectTop(near, most)).filter((item) => near[item] > 0);
}

function offerConnected(signals: Signals, found: readonly number[], offer: (item: number) => void): void {
  const { graph, model, hops, history } = signals;
  for (let place = 0; place < history.length && found.length < MAX_CANDIDATES; place++) {
    const limit = graph.isItem(history[place]) ? FANOUT : INTEREST_FANOUT;
    offerEdges(graph.out(history[place]), -1, limit, offer);
    offerEdges(graph.in(history[place]), -1, limit, offer);
  }
  if (found.length >= MAX_CANDIDATES) return;
  const strengths = new Float64Array(hops.slots);
  for (let slot = 0; slot < strengths.length; slot++) {
    strengths[slot] =
      hops.mass[slot] *
      model.entityFactor(hops.slotEntity[slot]) *
      slopeAtZero(model.shapeOf(model.layout.firstRelation + hops.slotRelation[slot]));
  }
  for (const slot of eachFromTop(strengths)) {
    if (found.length >= MAX_CANDIDATES) return;
    const entity = hops.slotEntity[slot];
    const inverse = hops.inverse[hops.first[slot]] === 1;
    const symmetric = graph.relations[hops.slotRelation[slot]].symmetric;
    if (inverse || symmetric) offerEdges(graph.out(entity), hops.slotRelation[slot], FANOUT, offer);
    if (!inverse || symmetric) offerEdges(graph.in(entity), hops.slotRelation[slot], FANOUT, offer);
  }
}

/** Offers the first `limit` neighbours over `relation` (−1: over any); rows are sorted by relation. */
function offerEdges(edges: Edges, relation: number, limit: number, offer: (item: number) => void): void {
  let edge = relation < 0 ? edges.start : findRelation(edges, relation);
  for (let left = limit; edge < edges.end && left > 0; edge++, left--) {
    if (relation >= 0 && edges.relation[edge] !== relation) return;
    offer(edges.neighbour[edge]);
  }
}

/** First position of `relation` in a row sorted by relation. */
function findRelation(edges: Edges, relation: number): number {
  let low = edges.start;
  let high = edges.end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges.relation[middle] < relation) low = middle + 1;
    else high = middle;
  }
  return low;
}
