import type { EntityId } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";

/** Scores an item by how many interactions it has: ω_I · log(1 + count) / log(1 + most). Nothing else hides in it. */
export function scorePopularity(
  item: EntityId,
  { count, most, weight }: { readonly count: number; readonly most: number; readonly weight: number },
): ScoredItem {
  const value = most > 0 ? (weight * Math.log1p(count)) / Math.log1p(most) : 0;
  return scoreCount(item, { count, value, weight });
}

/** A score that is one number of interactions alone. */
export function scoreCount(
  item: EntityId,
  { count, value, weight }: { readonly count: number; readonly value: number; readonly weight: number },
): ScoredItem {
  return {
    item,
    score: value,
    bias: 0,
    components: [
      { kind: "ITEM", vectors: null, weight, value, otherEvidence: value, otherEvidenceCount: count },
    ],
    evidence: [],
    explainedFraction: 0,
    ownTriples: [],
  };
}
