import { expect, it } from "vitest";
import { makeItemSpace } from "../../src/ranker/train/itemSpace.ts";
import { walkKernel } from "../../src/ranker/train/walkKernel.ts";
import { graphOf, historiesOf } from "./support.ts";

function rowOf(users: readonly (readonly number[])[], items: number, item: number, output = 0): number[] {
  const graph = graphOf(items, 0, [], []);
  const out = new Float64Array(items);
  walkKernel(makeItemSpace(historiesOf(users, graph), graph.size), 0, output)(item, out);
  return [...out];
}

it("agrees with the formula worked by hand", () => {
  // Users {1, 2} and {2, 3}, no popularity discount: XᵀD_u⁻¹X = ½·[[1,1,0],[1,2,1],[0,1,1]].
  // Its eigenvalues are 0, ½ and 3/2, so K = ⅓·[[1,1,0],[1,2,1],[0,1,1]].
  // K² = 1/9·[[2,3,1],[3,6,3],[1,3,2]], K³ = 1/27·[[5,9,4],[9,18,9],[4,9,5]].
  // Row of item 1: to 2: 3·⅓ − 3·3/9 + 9/27 = ⅓; to 3: 0 − 3·1/9 + 4/27 = −5/27.
  const [own, two, three] = rowOf(
    [
      [1, 2],
      [2, 3],
    ],
    3,
    0,
  );
  expect(own).toBe(0);
  expect(two).toBeCloseTo(1 / 3, 9);
  expect(three).toBeCloseTo(-5 / 27, 9);
  // Item 2 has two users, item 3 one: with an output exponent of 1 the one counts double, the other as before.
  const [, lifted, same] = rowOf(
    [
      [1, 2],
      [2, 3],
    ],
    3,
    0,
    1,
  );
  expect(lifted).toBeCloseTo(2 / 3, 9);
  expect(same).toBeCloseTo(-5 / 27, 9);
});

it("is symmetric and reaches items without a common user", () => {
  const users = [
    [1, 2, 3],
    [3, 4],
    [4, 5],
    [1, 5, 6],
  ];
  const rows = Array.from({ length: 6 }, (_, item) => rowOf(users, 6, item));
  for (let a = 0; a < 6; a++) for (let b = 0; b < 6; b++) expect(rows[a][b]).toBeCloseTo(rows[b][a], 9);
  expect(rows[1][3]).not.toBe(0); // items 2 and 4: nobody has both
});
