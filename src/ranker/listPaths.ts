import { type Meeting, visitMeetings, weighMeeting } from "./meetings.ts";
import type { Signals } from "./signals.ts";

/** A path as plain numbers: enough to sort by, and to make its steps from once it is kept. */
export interface RawPath {
  readonly component: "BEHAVIOUR" | "KNOWLEDGE";
  /** Never 0. */
  readonly contribution: number;
  /** Place in the history that the path starts from. */
  readonly place: number;
  /** Item–item weight, where the path is one of behaviour. */
  readonly similarity: number;
  /** First hop in `signals.hops`; −1 where the path has one step. */
  readonly hop: number;
  /** Where the item's triple meets the history; null for behaviour. Shared by the paths of one triple. */
  readonly meeting: Meeting | null;
}

/** Lists every path that carries a part of the item's score: j ⇒ i, j –r– i, and j –r– e –r– i. */
export function listPaths(signals: Signals, item: number): RawPath[] {
  const paths: RawPath[] = [];
  addBehaviour(signals, item, paths);
  if (signals.model.weights.knowledge !== 0) addKnowledge(signals, item, paths);
  return paths;
}

function addBehaviour({ model, history, recency }: Signals, item: number, paths: RawPath[]): void {
  for (let place = 0; place < history.length; place++) {
    const from = history[place];
    const similarity = from === item ? 0 : findSimilarity(model, from, item);
    const contribution = model.weights.behaviour * recency[place] * similarity;
    if (contribution === 0) continue;
    paths.push({ component: "BEHAVIOUR", contribution, place, similarity, hop: -1, meeting: null });
  }
}

function findSimilarity(model: Signals["model"], from: number, to: number): number {
  let { start: low, end: high } = model.neighbours(from);
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (model.neighbour[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < end && model.neighbour[low] === to ? model.similarity[low] : 0;
}

function addKnowledge(signals: Signals, item: number, paths: RawPath[]): void {
  const { model, hops } = signals;
  const own = signals.placeOf.get(item);
  visitMeetings(signals, item, (visited) => {
    const weight = model.weights.knowledge * weighMeeting(signals, visited);
    if (weight === 0) return;
    const meeting = { ...visited };
    const add = (contribution: number, place: number, hop: number) => {
      if (contribution === 0) return;
      paths.push({ component: "KNOWLEDGE", contribution, place, similarity: 0, hop, meeting });
    };
    if (meeting.slot < 0) {
      add(weight * meeting.value, meeting.place, -1);
      return;
    }
    for (let hop = hops.first[meeting.slot]; hop >= 0; hop = hops.next[hop]) {
      const place = hops.place[hop];
      if (place !== own) add(weight * hops.weight[hop] * meeting.factor, place, hop);
    }
  });
}
