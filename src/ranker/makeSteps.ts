import type { Meeting } from "./MeetingTable.ts";
import type { RawPath } from "./PathTable.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, PathStep, StepKind } from "./types.ts";

/** What its steps are made from. */
export interface WalkedPath extends Pick<RawPath, "component" | "place" | "hop"> {
  /** Place that its first step, a co-interaction, leads to; −1 where it starts with the graph. */
  readonly through: number;
  /** Weight of the item–item step, where there is one. */
  readonly similarity: number;
  readonly meeting: MetAt | null;
}
type MetAt = Pick<Meeting, "entity" | "relation" | "inverse" | "triple" | "factor">;

/** Makes the steps of a path that leads to `item`, in database identities. */
export function makeSteps(signals: Signals, item: number, path: WalkedPath): PathStep[] {
  const { history } = signals;
  const from = history[path.place];
  if (path.meeting === null) return [stepAcross(signals, path, from, item)];
  const first = path.through < 0 ? [] : [stepAcross(signals, path, from, history[path.through])];
  const start = path.through < 0 ? from : history[path.through];
  if (path.hop < 0) return [...first, stepTo(signals, item, path.meeting, start)];
  return [
    ...first,
    stepFrom(signals, path, path.meeting),
    stepTo(signals, item, path.meeting, path.meeting.entity),
  ];
}

const ACROSS: { readonly [kind in ComponentKind]: StepKind } = {
  BEHAVIOUR: "CO_INTERACTION",
  ITEM: "CO_INTERACTION",
  KNOWLEDGE: "CO_INTERACTION",
  TEXT: "TEXT_SIMILARITY",
  VECTOR: "VECTOR_SIMILARITY",
  BOOST: "CO_INTERACTION",
};

/** Who did the one also did the other; or their texts, or vectors, are alike. */
function stepAcross({ graph }: Signals, path: WalkedPath, from: number, to: number): PathStep {
  return {
    from: graph.idOf(from),
    to: graph.idOf(to),
    kind: ACROSS[path.component],
    relationId: null,
    direction: "BOTH",
    tripleId: null,
    weight: path.similarity,
  };
}

/** The step off the history item; walked along the triple where the item is its head. */
function stepFrom(
  { graph, hops, history, recency }: Signals,
  { place, through, hop }: WalkedPath,
  meeting: MetAt,
): PathStep {
  const start = through < 0 ? place : through;
  return {
    from: graph.idOf(history[start]),
    to: graph.idOf(meeting.entity),
    kind: "TRIPLE",
    relationId: graph.relations[meeting.relation].id,
    direction: hops.inverse[hop] === 1 ? "IN" : "OUT",
    tripleId: String(hops.triple[hop]),
    weight: recency[start] > 0 ? hops.weight[hop] / recency[start] : 0,
  };
}

/** The step onto the scored item; walked against the triple where the item is its head. */
function stepTo({ graph }: Signals, item: number, meeting: MetAt, from: number): PathStep {
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
