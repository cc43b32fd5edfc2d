import type { RankerPort } from "./ports.ts";

/**
 * How much of an item's score evidence carries: |e| / (|e| + |popularity| + |bias| + |boosts|), e being what is left of
 * the score without the other three; 0..1, 0 where nothing but popularity speaks. It is the `explainedFraction` of an
 * explanation that keeps all paths, where none speaks against the item; it costs nothing per path.
 */
export function confidenceOf(
  { bias, popularityScore }: Pick<RankerPort, "bias" | "popularityScore">,
  { item, score }: { readonly item: number; readonly score: number },
  boost: number,
): number {
  const popularity = popularityScore(item);
  const evidence = Math.abs(score - bias - popularity - boost);
  const other = Math.abs(popularity) + Math.abs(bias) + Math.abs(boost);
  // What is left by rounding is no evidence.
  return evidence <= 1e-12 * other ? 0 : evidence / (evidence + other);
}
