import type { UserScorer } from "../../types.ts";
import { addScores, type Factors } from "./Factors.ts";
import { type RidgeOptions, RidgeSolver } from "./RidgeSolver.ts";

/**
 * Makes a scorer that solves the user's vector of iALS anew from the history, where the item r places from the
 * newest weighs 2^(−r / halfLife) instead of 1.
 */
export function foldIn(factors: Factors, options: RidgeOptions, halfLife: number): UserScorer {
  const { size } = factors;
  const solver = new RidgeSolver(factors.item, options);
  return {
    chosen: {},
    score(user, { items }, out) {
      if (items.length === 0) return;
      const weights = Float64Array.from(items, (_, at) => 2 ** (-(items.length - 1 - at) / halfLife));
      const vector = factors.user.slice(user * size, (user + 1) * size);
      solver.solve(items, weights, vector);
      addScores(factors, vector, out);
    },
  };
}
