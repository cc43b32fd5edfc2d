import type { Edges } from "../kg/types.ts";
import { findSlot, type Hops, sideOf } from "./hops.ts";
import type { MeetingTable } from "./MeetingTable.ts";
import { slopeAtZero } from "./shape.ts";
import type { Signals } from "./signals.ts";

/**
 * Finds every meeting of `item` with the history, in the order of the item's triples: where its triples lead to an
 * entity that the history reaches over the same relation, or to the history itself. Scores, training features and
 * evidence all come from this one walk, which is why they cannot disagree. The table is the signals' own: it holds
 * until the next call. Cost: one look-up per triple of the item, nothing allocated.
 */
export function findMeetings(signals: Signals, item: number): MeetingTable {
  const { graph, hops, meetings } = signals;
  meetings.count = 0;
  if (signals.own === 0) return meetings;
  const isReason = hops.placeOf(item) >= 0 ? makeReasons(signals, item) : null;
  walkEdges(signals, { item, edges: graph.out(item), inverse: false, isReason });
  walkEdges(signals, { item, edges: graph.in(item), inverse: true, isReason });
  return meetings;
}

interface Side {
  readonly item: number;
  readonly edges: Edges;
  readonly inverse: boolean;
  readonly isReason: ((place: number) => boolean) | null;
}

function walkEdges(signals: Signals, side: Side): void {
  const { item, edges, inverse, isReason } = side;
  const { graph, model, hops, meetings } = signals;
  const { firstRelation } = model.layout;
  const { neighbour, relation, confidence } = edges;
  const end = model.itemFactor(item);
  for (let edge = edges.start; edge < edges.end; edge++) {
    const entity = neighbour[edge];
    const row = hops.findRow(entity);
    if (row < 0 || entity === item) continue;
    if (hops.rowPlace[row] >= 0) meetDirectly(signals, side, { edge, place: hops.rowPlace[row] });
    if (hops.rowSlot[row] < 0) continue;
    const slot = findSlot(hops, row, relation[edge], sideOf(graph, relation[edge], inverse));
    if (slot < 0) continue;
    const mass = isReason ? massOf(hops, slot, isReason) : hops.mass[slot];
    if (mass === 0) continue;
    const factor = model.entityFactor(entity) * confidence[edge] * end;
    const at = meetings.add(firstRelation + relation[edge], factor, mass * factor);
    meetings.slot[at] = slot;
    meetings.place[at] = -1;
    meetings.entity[at] = entity;
    meetings.relation[at] = relation[edge];
    meetings.inverse[at] = inverse ? 1 : 0;
    meetings.triple[at] = edges.triple[edge];
  }
}

/** A triple between the item and the history itself. */
function meetDirectly(
  signals: Signals,
  { item, edges, inverse, isReason }: Side,
  { edge, place }: { readonly edge: number; readonly place: number },
): void {
  if (isReason && !isReason(place)) return;
  const { graph, model, damping, meetings } = signals;
  const [entity, relation] = [edges.neighbour[edge], edges.relation[edge]];
  const group = graph.isItem(entity) ? model.layout.direct : interestGroup(model, relation);
  const factor = edges.confidence[edge] * model.itemFactor(item) * model.itemFactor(entity);
  const mass = signals.recency[place] * signals.gate(group, entity) * factor;
  const at = meetings.add(group, factor, damping ? mass * damping.over(relation, entity) : mass);
  meetings.slot[at] = -1;
  meetings.place[at] = place;
  meetings.entity[at] = entity;
  meetings.relation[at] = relation;
  meetings.inverse[at] = inverse ? 1 : 0;
  meetings.triple[at] = edges.triple[edge];
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
