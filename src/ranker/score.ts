import { visitMeetings, weighMeeting } from "./meetings.ts";
import type { Spread } from "./Spread.ts";
import type { Signals } from "./signals.ts";

/** The three signals of one item before the fusion weights: F_U, F_I and F_K. */
export interface Parts {
  behaviour: number;
  item: number;
  knowledge: number;
}

/** F_U of every item that the neighbours of the history reach: Σ_j ρ_j · similarity(j, i), j ≠ i. */
export function spreadBehaviour({ model, history, recency }: Signals): Spread {
  for (let place = 0; place < history.length; place++) {
    model.adder.add(model.neighbour, model.similarity, model.neighbours(history[place]), recency[place]);
  }
  return model.adder.take();
}

/** F_K of one item. */
export function scoreKnowledge(signals: Signals, item: number): number {
  let knowledge = 0;
  visitMeetings(signals, item, (meeting) => {
    knowledge += weighMeeting(signals, meeting) * meeting.value;
  });
  return knowledge;
}

/** Fuses the parts of an item into its score: s = b0 + ω_U·F_U + ω_I·F_I + ω_K·F_K. */
export function fuse({ model: { weights } }: Signals, parts: Parts): number {
  return (
    weights.bias +
    weights.behaviour * parts.behaviour +
    weights.item * parts.item +
    weights.knowledge * parts.knowledge
  );
}

/** All parts of one item, given the behaviour that was spread for the whole history. */
export function scoreParts(signals: Signals, behaviour: Spread, item: number): Parts {
  return {
    behaviour: behaviour.valueOf(item),
    item: signals.model.popularity(item),
    knowledge: scoreKnowledge(signals, item),
  };
}
