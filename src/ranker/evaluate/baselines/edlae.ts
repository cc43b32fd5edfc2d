import { makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import { assertInvertible, fitEase } from "../../linear/fitEase.ts";
import { LAMBDAS } from "./ease.ts";
import type { ItemFamily } from "./itemModel.ts";
import { makeItemScorer } from "./makeItemScorer.ts";
import { climbGrid, validate } from "./selectOnValidation.ts";

const EMPHASES: readonly number[] = [0, 0.1, 0.2, 0.5, 1, 2, 5];

/**
 * EDLAE: EASE trained against dropped-out input, in closed form: the ridge of item j is λ + e·|users of j|, where
 * e = p / (1 − p) of the dropout p. λ and e are chosen on validation.
 * @see https://proceedings.neurips.cc/paper/2020/hash/e33d974aae13e4d877477d51d8bafdc4-Abstract.html
 */
export const edlae: ItemFamily = {
  name: "edlae",
  select(training) {
    const taught = makeBinaryMatrix(training.train, training.items);
    assertInvertible(taught);
    const known = new Map<string, number>();
    const measure = (lambda: number, emphasis: number): number => {
      const key = `${lambda} ${emphasis}`;
      const value =
        known.get(key) ?? validate(makeItemScorer(fitEase(taught, lambda, emphasis), {}), training);
      known.set(key, value);
      return value;
    };
    const climbLambda = (from: number, emphasis: number) =>
      climbGrid(LAMBDAS, LAMBDAS.indexOf(from), (entry) => measure(entry, emphasis));
    const first = climbLambda(50, 0.5);
    const emphasis = climbGrid(EMPHASES, EMPHASES.indexOf(0.5), (entry) => measure(first, entry));
    const lambda = climbLambda(first, emphasis);
    return {
      chosen: { lambda, emphasis },
      fit: (rows) => fitEase(makeBinaryMatrix(rows, training.items), lambda, emphasis),
    };
  },
};
