import type { EntityId } from "../kg/types.ts";
import type { Evidence } from "../ranker/types.ts";
import type { Comparison } from "../recommend/types.ts";
import { evidenceSentence } from "./evidenceSentence.ts";
import { Told } from "./Told.ts";
import type { Names } from "./types.ts";

/** Tells an end user which of two items comes first, and the evidence that decides. */
export function comparisonSentence(comparison: Comparison, names: Names): string {
  const { item, over, difference } = comparison;
  const [first, second] = (difference < 0 ? [over, item] : [item, over]).map(({ item }) => item);
  const [winner, loser] = [names.entity(first), names.entity(second)];
  const { say } = names;
  if (difference === 0) return say("sameScore", { winner, loser });
  const tell = (evidence: Evidence, subject: string) =>
    evidenceSentence(new Told(evidence, item.history), names, subject);
  const forWinner = comparison.because.find(
    (evidence) => leadsTo(evidence, first) && evidence.contribution > 0,
  );
  if (forWinner) return say("comesBefore", { winner, loser, reason: tell(forWinner, winner) });
  const againstLoser = comparison.because.find(
    (evidence) => leadsTo(evidence, second) && evidence.contribution < 0,
  );
  if (againstLoser) return say("countsAgainst", { winner, loser, reason: tell(againstLoser, loser) });
  return say("comesUnnamed", { winner, loser });
}

function leadsTo(evidence: Evidence, item: EntityId): boolean {
  return evidence.steps.at(-1)?.to === item;
}
