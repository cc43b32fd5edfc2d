import type { ScoredCandidate } from "./scoreCandidate.ts";

/** A candidate in its place, and whether it may be taken without asking. */
export type RankedCandidate = ScoredCandidate & { readonly match: boolean };

// Chosen on the dev half of the labelled set: `npm run evaluate:reconcile`.
const ENOUGH = 80; // points of a match
const AHEAD = 8; // points before the second

/**
 * Puts candidates in order, likeliest first, of equals those with more triples. The first is a match where it has 80
 * points, 8 more than the second, and nothing tells against it.
 */
export function rankCandidates(candidates: readonly ScoredCandidate[]): RankedCandidate[] {
  const ranked = candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.degree - a.degree || Number(a.entity.id) - Number(b.entity.id));
  const [first, second] = ranked;
  const matches = first !== undefined && !first.isDoubtful && first.score >= ENOUGH;
  const isAhead = matches && first.score - (second?.score ?? 0) >= AHEAD;
  return ranked.map((candidate, place) => ({ ...candidate, match: place === 0 && isAhead }));
}
