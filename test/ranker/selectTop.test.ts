import { expect, it } from "vitest";
import { makeRandom } from "../../src/ranker/random.ts";
import { selectTop } from "../../src/ranker/selectTop.ts";

it("gives the best first, equal scores by ascending index, and never what is masked", () => {
  const scores = Float64Array.of(1, 3, Number.NEGATIVE_INFINITY, 3, 2, 3, Number.NaN);
  expect([...selectTop(scores, 2)]).toEqual([1, 3]);
  expect([...selectTop(scores, 4)]).toEqual([1, 3, 5, 4]);
  expect([...selectTop(scores, 99)]).toEqual([1, 3, 5, 4, 0]);
  expect([...selectTop(scores, 0)]).toEqual([]);
});

it("agrees with a full sort on scores full of ties", () => {
  const random = makeRandom(7);
  for (let round = 0; round < 200; round++) {
    const scores = Float64Array.from({ length: 60 }, () => Math.floor(random() * 8));
    const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
    expect([...selectTop(scores, 13)]).toEqual(sorted.slice(0, 13));
  }
});
