import type { ScoredItem } from "../ranker/types.ts";
import { TOP } from "./counterfactual.ts";
import type { WhyNot } from "./types.ts";

/** Says why an item would not be recommended now; null where it is among the first ten. */
export function findWhyNot(
  scored: ScoredItem,
  state: {
    readonly isItem: boolean;
    readonly interacted: boolean;
    /** Who keeps it out: the user's feedback, or the filter; null for neither. */
    readonly refusedBy: "USER" | "FILTER" | null;
    readonly rank: number | null;
    /** Score of the last recommended item; null where fewer than ten are. */
    readonly lastScore: number | null;
  },
): WhyNot | null {
  if (!state.isItem) {
    return {
      reason: "NOT_AN_ITEM",
      detail: "This entity is not an item, and only items are recommended.",
      scoreGap: null,
    };
  }
  if (state.interacted) {
    return {
      reason: "ALREADY_INTERACTED",
      detail: "The user has interacted with this item already.",
      scoreGap: null,
    };
  }
  if (state.refusedBy === "USER") {
    return { reason: "EXCLUDED_BY_USER", detail: "The user does not want it.", scoreGap: null };
  }
  if (state.refusedBy === "FILTER") {
    return { reason: "EXCLUDED_BY_FILTER", detail: "The filter leaves it out.", scoreGap: null };
  }
  if (state.rank !== null && state.rank <= TOP) return null;
  const scoreGap = state.lastScore === null ? null : state.lastScore - scored.score;
  if (scored.evidence.length === 0) {
    return {
      reason: "NO_EVIDENCE",
      detail: "No path leads from the user's history to this item.",
      scoreGap,
    };
  }
  const place = state.rank === null ? "outside the candidates" : `at rank ${state.rank}`;
  const gap = scoreGap === null ? "" : `, ${scoreGap.toPrecision(3)} short of rank ${TOP}`;
  return { reason: "OUTRANKED", detail: `The item is ${place}${gap}.`, scoreGap };
}
