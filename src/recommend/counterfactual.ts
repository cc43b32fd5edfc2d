import type { TripleId } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";

/** Items that count as recommended. */
export const TOP = 10;

/**
 * Finds a small set of the item's own triples without which its score falls below `threshold`, the score of the
 * item that would take its place: the strongest first, until it does. It is a smallest one where the shapes are straight,
 * for each triple then carries its own part. Empty where the item stays whatever is taken (behaviour alone keeps it).
 */
export function findCounterfactual(scored: ScoredItem, threshold: number | null): TripleId[] {
  if (threshold === null) return [];
  const removed: TripleId[] = [];
  for (const { tripleId, contribution, scoreWithout } of scored.ownTriples) {
    if (contribution <= 0) break;
    removed.push(tripleId);
    if (scoreWithout < threshold) return removed;
  }
  return [];
}
