import type { RawPath } from "./listPaths.ts";
import type { Meeting } from "./meetings.ts";
import type { Signals } from "./signals.ts";
import type { PathStep } from "./types.ts";

/** Makes the steps of a path that leads to `item`, in database identities. */
export function makeSteps(signals: Signals, item: number, path: RawPath): PathStep[] {
  const from = signals.history[path.place];
  if (path.meeting === null) return [stepAcross(signals, item, path)];
  if (path.hop < 0) return [stepTo(signals, item, path.meeting, from)];
  return [stepFrom(signals, path, path.meeting), stepTo(signals, item, path.meeting, path.meeting.entity)];
}

/** Who did the one also did the other. */
function stepAcross({ graph, history }: Signals, item: number, { place, similarity }: RawPath): PathStep {
  return {
    from: graph.idOf(history[place]),
    to: graph.idOf(item),
    kind: "CO_INTERACTION",
    relationId: null,
    direction: "BOTH",
    tripleId: null,
    weight: similarity,
  };
}

/** The step off the history item; walked along the triple where the item is its head. */
function stepFrom(
  { graph, hops, history, recency }: Signals,
  { place, hop }: RawPath,
  meeting: Meeting,
): PathStep {
  return {
    from: graph.idOf(history[place]),
    to: graph.idOf(meeting.entity),
    kind: "TRIPLE",
    relationId: graph.relations[meeting.relation].id,
    direction: hops.inverse[hop] ? "IN" : "OUT",
    tripleId: String(hops.triple[hop]),
    weight: recency[place] > 0 ? hops.weight[hop] / recency[place] : 0,
  };
}

/** The step onto the scored item; walked against the triple where the item is its head. */
function stepTo({ graph }: Signals, item: number, meeting: Meeting, from: number): PathStep {
  return {
    from: graph.idOf(from),
    to: graph.idOf(item),
    kind: "TRIPLE",
    relationId: graph.relations[meeting.relation].id,
    direction: meeting.inverse ? "OUT" : "IN",
    tripleId: String(meeting.triple),
    weight: meeting.factor,
  };
}
