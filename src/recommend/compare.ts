import type { Evidence } from "../ranker/types.ts";
import type { Comparison, Explanation } from "./types.ts";

const DECIDING = 5;

/**
 * Compares two explanations: the evidence of the higher scored item that the other one cannot match, strongest
 * advantage first. Two paths match where they start at the same history item over the same relations.
 */
export function compareExplanations(item: Explanation, over: Explanation): Comparison {
  const difference = item.score - over.score;
  const [winner, loser] = difference >= 0 ? [item, over] : [over, item];
  const matched = new Map<string, number>();
  for (const evidence of loser.evidence) {
    const key = keyOf(evidence);
    matched.set(key, (matched.get(key) ?? 0) + evidence.contribution);
  }
  const because = winner.evidence
    .map((evidence) => ({ evidence, advantage: advantageOf(evidence, matched) }))
    .filter(({ advantage }) => advantage > 0)
    .sort((a, b) => b.advantage - a.advantage)
    .slice(0, DECIDING)
    .map(({ evidence }) => evidence);
  return { item, over, difference, because };
}

/** What a path has over its match; the match is used up, so that two paths do not share it. */
function advantageOf(evidence: Evidence, matched: Map<string, number>): number {
  const key = keyOf(evidence);
  const match = matched.get(key) ?? 0;
  matched.delete(key);
  return evidence.contribution - match;
}

function keyOf({ component, steps }: Evidence): string {
  return `${component} ${steps[0]?.from} ${steps
    .map((step) => `${step.relationId}${step.direction}`)
    .join(" ")}`;
}
