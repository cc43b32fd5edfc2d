import { expect, it } from "vitest";
import { fitPrincipal } from "../../../src/ranker/train/fitPrincipal.ts";

it("finds the mean and the direction in which vectors differ most", () => {
  // Along (1, 1)/√2 by ±2 around (3, 1), and by ±.1 across it.
  const vectors = [
    [5, 3],
    [1, -1],
    [3.1, 0.9],
    [2.9, 1.1],
  ].map((vector) => Float32Array.from(vector));
  const { mean, projection } = fitPrincipal(vectors, 2, 1);
  expect(mean[0]).toBeCloseTo(3, 5);
  expect(mean[1]).toBeCloseTo(1, 5);
  expect(Math.abs(projection[0])).toBeCloseTo(Math.SQRT1_2, 4);
  expect(projection[1]).toBeCloseTo(projection[0], 4);
});
