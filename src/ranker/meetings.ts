import type { Edges } from "../kg/types.ts";
import { type Signals, sideOf } from "./signals.ts";

/**
 * A place where the triples of the scored item meet the history: at an entity that both share over one
 * relation (`slot` ≥ 0), or in one triple between them (`place` ≥ 0). `value` is its part of F_K before the
 * relation's weight; the object is reused from call to call.
 */
export interface Meeting {
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
  confidence: number;
  /** Multiplies the mass of a first hop into the mass of a path: n_e · confidence · n_i. */
  factor: number;
  value: number;
}

/**
 * Visits every meeting of `item` with the history, in the order of the item's triples. Scores, training
 * features and evidence all come from this one walk, which is why they cannot disagree; `weighMeeting` gives the weight.
 * Cost: one look-up per triple of the item.
 */
export function visitMeetings(signals: Signals, item: number, visit: (meeting: Meeting) => void): void {
  if (signals.history.length === 0) return;
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
  const { graph, model, hops } = signals;
  const own = signals.placeOf.get(item);
  const end = model.itemFactor(item);
  for (let edge = edges.start; edge < edges.end; edge++) {
    const entity = edges.neighbour[edge];
    if (entity === item) continue;
    meeting.entity = entity;
    meeting.relation = edges.relation[edge];
    meeting.inverse = inverse;
    meeting.triple = edges.triple[edge];
    meeting.confidence = edges.confidence[edge];

    const place = signals.placeOf.get(entity);
    if (place !== undefined) {
      meeting.slot = -1;
      meeting.place = place;
      meeting.factor = meeting.confidence * end * model.itemFactor(entity);
      meeting.value = signals.recency[place] * meeting.factor;
      visit(meeting);
    }
    const slot = hops.findSlot(entity, meeting.relation, sideOf(graph, meeting.relation, inverse));
    if (slot < 0) continue;
    const mass = own === undefined ? hops.mass[slot] : massWithout(signals, slot, own);
    if (mass === 0) continue;
    meeting.slot = slot;
    meeting.place = -1;
    meeting.factor = model.entityFactor(entity) * meeting.confidence * end;
    meeting.value = mass * meeting.factor;
    visit(meeting);
  }
}

/** An item is no reason for itself: the mass of a slot without the hops of the item's own place. */
function massWithout({ hops }: Signals, slot: number, own: number): number {
  let mass = 0;
  for (let hop = hops.first[slot]; hop >= 0; hop = hops.next[hop]) {
    if (hops.place[hop] !== own) mass += hops.weight[hop];
  }
  return mass;
}

/**
 * The learned weight of a meeting within F_K: its relation's, or that of direct triples between two items. A
 * triple with an interest that is no item counts as its relation; 1, the mean, where the histories taught
 * nothing of it: what somebody names has some weight.
 */
export function weighMeeting({ model, graph }: Signals, { slot, entity, relation }: Meeting): number {
  if (slot >= 0) return model.relationWeight(relation);
  return graph.isItem(entity) ? model.weights.direct : model.relationWeight(relation) || 1;
}
