import { expect, it } from "vitest";
import { easeKernel } from "../../../../src/ranker/train/easeKernel.ts";
import { makeItemSpace } from "../../../../src/ranker/train/itemSpace.ts";
import { type EdlaeOptions, edlaeKernel } from "../../../../src/ranker/train/sources/edlaeKernel.ts";
import { graphOf, historiesOf } from "../../support.ts";

function spaceOf(users: readonly (readonly number[])[], items: number) {
  const graph = graphOf(items, 0, [], []);
  return makeItemSpace(historiesOf(users, graph), graph.size);
}

function rowOf(space: ReturnType<typeof spaceOf>, item: number, options: EdlaeOptions): number[] {
  const out = new Float64Array(space.entity.length);
  edlaeKernel(space, options)(item, out);
  return [...out];
}

it("agrees with the inverse worked by hand", () => {
  // Users {1, 2}, {1, 2}, {1}: XᵀX = [[3,2],[2,2]]; ridge 1 + n: + diag(4, 3) = [[7,2],[2,5]], determinant 31.
  // P = 1/31·[[5,−2],[−2,7]]; from 1 to 2: −P_12/P_22 = 2/7; from 2 to 1: −P_21/P_11 = 2/5.
  const space = spaceOf([[1, 2], [1, 2], [1]], 2);
  expect(rowOf(space, 0, { ridge: 1, emphasis: 1 })[1]).toBeCloseTo(2 / 7, 6);
  expect(rowOf(space, 1, { ridge: 1, emphasis: 1 })[0]).toBeCloseTo(2 / 5, 6);
});

it("gives the same by the users' inverse, where there are fewer users than items", () => {
  // One user {1, 2, 3}: XᵀX is all ones; ridge 1 + 1 on the diagonal: 2I + 1, whose inverse is ½(I − 1/5).
  // Off the diagonal P = −1/10, on it 2/5: B = 1/4.
  const [own, two, three] = rowOf(spaceOf([[1, 2, 3]], 3), 0, { ridge: 1, emphasis: 1 });
  expect(own).toBe(0);
  expect(two).toBeCloseTo(1 / 4, 6);
  expect(three).toBeCloseTo(1 / 4, 6);
});

it("is EASE without emphasis", () => {
  const space = spaceOf([[1, 2, 3], [2, 3], [1, 3], [3]], 3);
  const ease = new Float64Array(3);
  easeKernel(space, 5)(0, ease);
  rowOf(space, 0, { ridge: 5, emphasis: 0 }).forEach((value, item) => {
    expect(value).toBeCloseTo(ease[item], 9);
  });
});
