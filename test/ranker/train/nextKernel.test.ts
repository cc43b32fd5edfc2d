import { expect, it } from "vitest";
import { makeItemSpace } from "../../../src/ranker/train/itemSpace.ts";
import { type NextOptions, nextKernel } from "../../../src/ranker/train/nextKernel.ts";
import { graphOf, historiesOf } from "../support.ts";

// Alien (1) → Aliens (2) → Heat (3), and Alien → Heat: n = 2, 1, 2.
const USERS = [
  [1, 2, 3],
  [1, 3],
];

function rowOf(item: number, options: Partial<NextOptions>): number[] {
  const graph = graphOf(3, 0, [], []);
  const out = new Float64Array(3);
  nextKernel(makeItemSpace(historiesOf(USERS, graph), graph.size), options)(item, out);
  return [...out];
}

it("counts what came next, later rows less", () => {
  // Alien → Aliens once at g = 1; Alien → Heat once at g = 2 (½) and once at g = 1 (1).
  expect(rowOf(0, { discount: 0, decay: 0.5 })).toEqual([0, 1, 1.5]);
});

it("has a direction", () => {
  expect(rowOf(2, { discount: 0 })).toEqual([0, 0, 0]);
});

it("looks no further than it is told", () => {
  expect(rowOf(0, { discount: 0, decay: 0.5, reach: 1 })).toEqual([0, 1, 1]);
});

it("discounts popular items at both ends", () => {
  // (n_j·n_i)^−½: to Aliens (2·1)^−½, to Heat (2·2)^−½ = ½ of 1 + .85.
  const [own, aliens, heat] = rowOf(0, { discount: 0.5 });
  expect(own).toBe(0);
  expect(aliens).toBeCloseTo(1 / Math.sqrt(2), 9);
  expect(heat).toBeCloseTo(1.85 / 2, 9);
});
