import { expect, it } from "vitest";
import { findCosineScale } from "../../../src/ranker/behaviour/findCosineScale.ts";
import { makeItemSpace } from "../../../src/ranker/train/itemSpace.ts";

/** Histories of entity indices, one list per user. */
function makeSpace(...lists: readonly (readonly number[])[]) {
  const item = Int32Array.from(lists.flat());
  const offsets = Int32Array.from([0, ...lists.map((_, user) => lists.slice(0, user + 1).flat().length)]);
  return makeItemSpace({ offsets, item, ordered: false }, 4);
}

it("is what makes the largest entry of a row 1 on average", () => {
  // u0: 0, 1; u1: 0, 1, 2. Without discount K_01 = 1/2 + 1/3 = 5/6, K_02 = K_12 = 1/3.
  // Largest of the rows: 5/6, 5/6, 1/3, on average 2/3, so the scale is 3/2.
  expect(findCosineScale(makeSpace([0, 1], [0, 1, 2]), 0)).toBeCloseTo(3 / 2, 6);
  // With b = ½ by the users of both, 2, 2 and 1: K_01 = 5/6 / 2 = .41667, K_02 = 1/3 / √2 = .23570;
  // the average of .41667, .41667 and .23570 is .35635.
  expect(findCosineScale(makeSpace([0, 1], [0, 1, 2]), 0.5)).toBeCloseTo(1 / 0.35635, 3);
});

it("is 1 where no two items share a user", () => {
  expect(findCosineScale(makeSpace([0], [1]), 0.25)).toBe(1);
});
