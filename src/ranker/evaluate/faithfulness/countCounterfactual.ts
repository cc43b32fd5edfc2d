import type { Removable } from "./removePaths.ts";

/**
 * Counts the paths that must go until the score is below `threshold`: those whose removal takes most, first. It
 * is the smallest number where shapes are straight, and an upper bound of it where they are bent. Null where the
 * item stays above without any path.
 */
export function countCounterfactual(item: Removable, threshold: number): number | null {
  const order = [...item.paths].sort((a, b) => a.delta - b.delta).filter(({ delta }) => delta < 0);
  if (item.score < threshold) return 0;
  if (!(item.without(order) < threshold)) return null;
  let [enough, tooFew] = [order.length, 0];
  while (enough - tooFew > 1) {
    const middle = (enough + tooFew) >> 1;
    if (item.without(order.slice(0, middle)) < threshold) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
