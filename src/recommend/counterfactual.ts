import type { TripleId } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";

/** Items that count as recommended. */
export const TOP = 10;

/**
 * Finds a smallest set of the item's own triples without which its score falls below `threshold`, the score of
 * the item that would take its place. Each triple carries its own paths and the score is their sum, so taking
 * the strongest first is optimal. Empty where the item stays whatever is taken (behaviour alone keeps it).
 */
export function findCounterfactual(scored: ScoredItem, threshold: number | null): TripleId[] {
  if (threshold === null) return [];
  const removed: TripleId[] = [];
  let score = scored.score;
  for (const { tripleId, contribution } of scored.ownTriples) {
    if (contribution <= 0) break;
    removed.push(tripleId);
    score -= contribution;
    if (score < threshold) return removed;
  }
  return [];
}
