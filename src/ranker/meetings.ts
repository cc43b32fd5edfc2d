import type { Edges } from "../kg/types.ts";
import { sideOf } from "./hops.ts";
import { slopeAtZero } from "./shape.ts";
import type { Signals } from "./signals.ts";

/**
 * A place where the triples of the scored item meet the history: at an entity that both share over one
 * relation (`slot` ≥ 0), or in one triple between them (`place` ≥ 0). The object is reused from call to call.
 */
export interface Meeting {
  /** Group of the paths that meet here. */
  group: number;
  /** Slot of the shared entity in `signals.hops`, −1 for a direct triple. */
  slot: number;
  /** Place in the history of the other end of a direct triple, −1 for a shared entity. */
  place: number;
  /** The shared entity, or the history item itself. */
  entity: number;
  relation: number;
  /** True where the scored item is the tail of its triple. */
  inverse: boolean;
  triple: number;
  /** Multiplies the mass of a first hop into the mass of a path: n_e · confidence · n_i. */
  factor: number;
  /** Mass of all the paths that meet here. */
  mass: number;
}

/**
 * Visits every meeting of `item` with the history, in the order of the item's triples. Scores, training
 * features and evidence all come from this one walk, which is why they cannot disagree.
 * Cost: one look-up per triple of the item.
 */
export function visitMeetings(signals: Signals, item: number, visit: (meeting: Meeting) => void): void {
  if (signals.own === 0) return;
  const { graph } = signals;
  const meeting = {} as Meeting;
  visitEdges(signals, item, graph.out(item), false, meeting, visit);
  visitEdges(signals, item, graph.in(item), true, meeting, visit);
}

function visitEdges(
  signals: Signals,
  item: number,
  edges: Edges,
  inverse: boolean,
  meeting: Meeting,
  visit: (meeting: Meeting) => void,
): void {
  const { graph, model, hops, meets, damping } = signals;
  const { layout } = model;
  const isReason = signals.placeOf.has(item) ? makeReasons(signals, item) : null;
  const end = model.itemFactor(item);
  for (let edge = edges.start; edge < edges.end; edge++) {
    const entity = edges.neighbour[edge];
    if (entity === item || !meets.mayHave(entity)) continue;
    const confidence = edges.confidence[edge];
    meeting.entity = entity;
    meeting.relation = edges.relation[edge];
    meeting.inverse = inverse;
    meeting.triple = edges.triple[edge];

    const place = signals.placeOf.get(entity);
    if (place !== undefined && (!isReason || isReason(place))) {
      meeting.group = graph.isItem(entity) ? layout.direct : interestGroup(model, meeting.relation);
      meeting.slot = -1;
      meeting.place = place;
      meeting.factor = confidence * end * model.itemFactor(entity);
      meeting.mass = signals.recency[place] * signals.gate(meeting.group, entity) * meeting.factor;
      if (damping) meeting.mass *= damping.over(meeting.relation, entity);
      visit(meeting);
    }
    const slot = hops.findSlot(entity, meeting.relation, sideOf(graph, meeting.relation, inverse));
    if (slot < 0) continue;
    const mass = isReason ? massOf(signals, slot, isReason) : hops.mass[slot];
    if (mass === 0) continue;
    meeting.group = layout.firstRelation + meeting.relation;
    meeting.slot = slot;
    meeting.place = -1;
    meeting.factor = model.entityFactor(entity) * confidence * end;
    meeting.mass = mass * meeting.factor;
    visit(meeting);
  }
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
export function makeReasons({ placeOf, own }: Signals, item: number): (place: number) => boolean {
  const place = placeOf.get(item) ?? -1;
  const end = place >= 0 && place < own ? own : Number.POSITIVE_INFINITY;
  return (other) => other !== place && other < end;
}

/** The mass of a slot that comes from places that may be a reason. */
function massOf({ hops }: Signals, slot: number, isReason: (place: number) => boolean): number {
  let mass = 0;
  for (let hop = hops.first[slot]; hop >= 0; hop = hops.next[hop]) {
    if (isReason(hops.place[hop])) mass += hops.weight[hop];
  }
  return mass;
}
