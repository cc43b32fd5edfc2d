import type { RecommendRequest } from "../recommend/types.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import type { RecommendationOptionsInput } from "../schema/inputs/RecommendationOptionsInput.ts";

/** Gives the options of a request as recommending takes them. */
export function optionsOf(options: RecommendationOptionsInput | null | undefined): Partial<RecommendRequest> {
  const { includeInteracted, diversity, trendingWindow, ...more } = options ?? {};
  return {
    ...more,
    includeInteracted: includeInteracted ?? false,
    diversity: diversity ?? 0,
    trendingSeconds: trendingWindow == null ? null : durationSeconds(trendingWindow),
  };
}
