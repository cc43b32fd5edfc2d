import type { PathStep } from "../ranker/types.ts";

/** A path as the API shows it. */
export function pathOf(steps: readonly PathStep[]) {
  return { length: steps.length, steps };
}
