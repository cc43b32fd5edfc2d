import type { Edges } from "../kg/types.ts";
import { findSlot, type Hops, sideOf } from "./hops.ts";
import type { MeetingTable } from "./MeetingTable.ts";
import { slopeAtZero } from "./shape.ts";
import type { Signals } from "./signals.ts";

/**
 * Finds every meeting of `item` with the history, in the order of the item's triples: where its triples lead to an
 * entity that the history reaches over the same relation, or to the history itself. Scores, training features and
 * evidence all come from this one walk, which is why they cannot disagree. The table is the model's scratch: it holds
 * until the next call. Cost: one look-up per triple of the item, nothing allocated.
 */
export function findMeetings(signals: Signals, item: number): MeetingTable {
  const { graph, hops, own } = signals;
  const { meetings } = signals.model.scratch;
  const [out, into] = [graph.out(item), graph.in(item)];
  meetings.begin(out, into);
  if (own === 0) return meetings;
  const rows = hops.rowsByEntity();
  const isReason = hops.placeOf(item) >= 0 ? makeReasons(signals, item) : null;
  walkEdges(signals, { item, edges: out, inverse: false, rows, isReason });
  meetings.turn = meetings.count;
  walkEdges(signals, { item, edges: into, inverse: true, rows, isReason });
  return meetings;
}

/**
 * Adds the mass of each meeting of `item` to its group in `masses`: what the rows of `findMeetings` add up to, to the last
 * bit, without the rows. Most of a ranking's time is spent here.
 */
export function addMeetings(signals: Signals, item: number, masses: Float64Array): void {
  const { graph, hops, own } = signals;
  if (own === 0) return;
  const rows = hops.rowsByEntity();
  const isReason = hops.placeOf(item) >= 0 ? makeReasons(signals, item) : null;
  addEdges(signals, { item, edges: graph.out(item), inverse: false, rows, isReason }, masses);
  addEdges(signals, { item, edges: graph.in(item), inverse: true, rows, isReason }, masses);
}

interface Side {
  readonly item: number;
  readonly edges: Edges;
  readonly inverse: boolean;
  /** Row + 1 by entity, see `Hops`. */
  readonly rows: Int32Array;
  readonly isReason: ((place: number) => boolean) | null;
}

function walkEdges(signals: Signals, side: Side): void {
  const { item, edges, inverse, rows, isReason } = side;
  const { graph, model, hops } = signals;
  const { meetings } = model.scratch;
  const { neighbour, relation, confidence, start, end } = edges;
  const { rowPlace, rowFactor, mass: massIn } = hops;
  meetings.reserve(2 * (end - start));
  const { group, factor, mass, slot, place, edge: edgeOf } = meetings;
  const { firstRelation } = model.layout;
  const own = model.itemFactor(item);
  let [over, stands] = [-1, 0];
  for (let edge = start; edge < end; edge++) {
    const entity = neighbour[edge];
    const row = rows[entity] - 1;
    if (row < 0 || entity === item) continue;
    if (rowPlace[row] >= 0) meetDirectly(signals, side, { edge, place: rowPlace[row] });
    if (relation[edge] !== over) {
      over = relation[edge];
      stands = sideOf(graph, over, inverse);
    }
    const met = findSlot(hops, row, over, stands);
    if (met < 0) continue;
    const reaching = isReason ? massOf(hops, met, isReason) : massIn[met];
    if (reaching === 0) continue;
    const at = meetings.count++;
    factor[at] = rowFactor[row] * confidence[edge] * own;
    mass[at] = reaching * factor[at];
    group[at] = firstRelation + over;
    slot[at] = met;
    place[at] = -1;
    edgeOf[at] = edge;
  }
}

function addEdges(signals: Signals, side: Side, masses: Float64Array): void {
  const { item, edges, inverse, rows, isReason } = side;
  const { graph, model, hops } = signals;
  const { neighbour, relation, confidence, start, end } = edges;
  const { rowPlace, rowFactor, mass: massIn } = hops;
  const { firstRelation } = model.layout;
  const own = model.itemFactor(item);
  let [over, stands] = [-1, 0];
  for (let edge = start; edge < end; edge++) {
    const entity = neighbour[edge];
    const row = rows[entity] - 1;
    if (row < 0 || entity === item) continue;
    if (rowPlace[row] >= 0 && (!isReason || isReason(rowPlace[row]))) {
      const { group, mass } = weighDirect(signals, side, { edge, place: rowPlace[row] });
      masses[group] += mass;
    }
    if (relation[edge] !== over) {
      over = relation[edge];
      stands = sideOf(graph, over, inverse);
    }
    const met = findSlot(hops, row, over, stands);
    if (met < 0) continue;
    const reaching = isReason ? massOf(hops, met, isReason) : massIn[met];
    masses[firstRelation + over] += reaching * (rowFactor[row] * confidence[edge] * own);
  }
}

/** A triple between the item and the history itself. */
function meetDirectly(
  signals: Signals,
  side: Side,
  at: { readonly edge: number; readonly place: number },
): void {
  if (side.isReason && !side.isReason(at.place)) return;
  const { meetings } = signals.model.scratch;
  const { group, factor, mass } = weighDirect(signals, side, at);
  const row = meetings.count++;
  meetings.group[row] = group;
  meetings.factor[row] = factor;
  meetings.mass[row] = mass;
  meetings.slot[row] = -1;
  meetings.place[row] = at.place;
  meetings.edge[row] = at.edge;
}

function weighDirect(
  { graph, model, damping, recency, gate }: Signals,
  { item, edges }: Side,
  { edge, place }: { readonly edge: number; readonly place: number },
): { readonly group: number; readonly factor: number; readonly mass: number } {
  const [entity, relation] = [edges.neighbour[edge], edges.relation[edge]];
  const group = graph.isItem(entity) ? model.layout.direct : interestGroup(model, relation);
  const factor = edges.confidence[edge] * model.itemFactor(item) * model.itemFactor(entity);
  const mass = recency[place] * gate(group, entity) * factor;
  return { group, factor, mass: damping ? mass * damping.over(relation, entity) : mass };
}

/** An interest that is no item counts as its relation; as a group of its own where the histories taught nothing of it. */
function interestGroup({ layout, shapeOf }: Signals["model"], relation: number): number {
  const group = layout.firstRelation + relation;
  return slopeAtZero(shapeOf(group)) > 0 ? group : layout.interest;
}

/**
 * An item is no reason for itself: says which places of the history may be one for `item`. What the history
 * leads to is none for an item of the history, which may be what led there.
 */
export function makeReasons({ hops, own }: Signals, item: number): (place: number) => boolean {
  const place = hops.placeOf(item);
  const end = place >= 0 && place < own ? own : Number.POSITIVE_INFINITY;
  return (other) => other !== place && other < end;
}

/** The mass of a slot that comes from places that may be a reason. */
function massOf(hops: Hops, slot: number, isReason: (place: number) => boolean): number {
  let mass = 0;
  for (let hop = hops.first[slot]; hop >= 0; hop = hops.next[hop]) {
    if (isReason(hops.place[hop])) mass += hops.weight[hop];
  }
  return mass;
}
