import type { ScoredItem } from "../ranker/types.ts";
import { TOP } from "./counterfactual.ts";
import type { WhyNot, WhyNotReason } from "./types.ts";

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
  const { rank } = state;
  const because = (reason: WhyNotReason, scoreGap: number | null = null): WhyNot => ({
    ...{ reason, rank, scoreGap, top: TOP },
  });
  if (!state.isItem) return because("NOT_AN_ITEM");
  if (state.interacted) return because("ALREADY_INTERACTED");
  if (state.refusedBy === "USER") return because("EXCLUDED_BY_USER");
  if (state.refusedBy === "FILTER") return because("EXCLUDED_BY_FILTER");
  if (rank !== null && rank <= TOP) return null;
  const scoreGap = state.lastScore === null ? null : state.lastScore - scored.score;
  return because(scored.evidence.length === 0 ? "NO_EVIDENCE" : "OUTRANKED", scoreGap);
}
