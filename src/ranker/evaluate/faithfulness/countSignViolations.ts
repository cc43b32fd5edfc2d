import type { Evidence } from "../../types.ts";

/**
 * Counts the paths whose removal does not move the score against their contribution: one that raises a score
 * must lower it when it goes.
 */
export function countSignViolations(
  evidence: readonly Pick<Evidence, "contribution" | "deltaIfRemoved">[],
): number {
  return evidence.filter(
    ({ contribution, deltaIfRemoved }) => Math.sign(contribution) !== -Math.sign(deltaIfRemoved),
  ).length;
}
