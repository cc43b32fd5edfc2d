import type { ItemSimilarity } from "../../linear/ItemSimilarity.ts";
import type { UserHistory, UserScorer } from "../types.ts";

/**
 * Makes a scorer of score(i) = Σ over history items j of weight(j) · similarity(j, i). With a half-life h the
 * item that is r places from the newest weighs 2^(−r / h); without one every item weighs 1.
 */
export function makeItemScorer(
  similarity: ItemSimilarity,
  chosen: UserScorer["chosen"],
  halfLife = Number.POSITIVE_INFINITY,
): UserScorer {
  return {
    chosen,
    score(_user: number, { items }: UserHistory, out: Float64Array): void {
      for (let at = 0; at < items.length; at++) {
        similarity.addRow(items[at], 2 ** (-(items.length - 1 - at) / halfLife), out);
      }
    },
  };
}
