import { makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import { assertInvertible, fitEase } from "../../linear/fitEase.ts";
import type { ItemFamily } from "./itemModel.ts";
import { makeItemScorer } from "./makeItemScorer.ts";
import { climbGrid, validate } from "./selectOnValidation.ts";

/** λ, from hardly to strongly regularised. */
export const LAMBDAS: readonly number[] = [
  0.5, 1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 350, 500, 750, 1000, 2000, 5000, 10_000,
];

/**
 * EASE: B = I − P·diag(1 / P_jj) with P = (XᵀX + λI)⁻¹, so B has a zero diagonal; λ is chosen on validation.
 * @see https://arxiv.org/abs/1905.03375 equation 8
 */
export const ease: ItemFamily = {
  name: "ease",
  select(training) {
    const taught = makeBinaryMatrix(training.train, training.items);
    assertInvertible(taught);
    const lambda = climbGrid(LAMBDAS, LAMBDAS.indexOf(100), (entry) =>
      validate(makeItemScorer(fitEase(taught, entry), {}), training),
    );
    return {
      chosen: { lambda },
      fit: (rows) => fitEase(makeBinaryMatrix(rows, training.items), lambda),
    };
  },
};
