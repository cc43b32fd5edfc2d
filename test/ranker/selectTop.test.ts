import { expect, it } from "vitest";
import { makeRandom } from "../../src/ranker/random.ts";
import { eachFromTop, selectTop } from "../../src/ranker/selectTop.ts";

it("gives the best first, equal scores by ascending index, and never what is masked", () => {
  const scores = Float64Array.of(1, 3, Number.NEGATIVE_INFINITY, 3, 2, 3, Number.NaN);
  expect([...selectTop(scores, 2)]).toEqual([1, 3]);
  expect([...selectTop(scores, 4)]).toEqual([1, 3, 5, 4]);
  expect([...selectTop(scores, 99)]).toEqual([1, 3, 5, 4, 0]);
  expect([...selectTop(scores, 0)]).toEqual([]);
  expect([...eachFromTop(scores)]).toEqual([1, 3, 5, 4, 0]);
});

it("agrees with a full sort on scores full of ties", () => {
  const random = makeRandom(7);
  for (let round = 0; round < 200; round++) {
    const scores = Float64Array.from({ length: 60 }, () => Math.floor(random() * 8));
    const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
    expect([...selectTop(scores, 13)]).toEqual(sorted.slice(0, 13));
    expect([...eachFromTop(scores)]).toEqual(sorted);
  }
});

it("takes only what is accepted, and asks of nothing that it would not take", () => {
  const asked: number[] = [];
  const accepts = (index: number) => {
    asked.push(index);
    return index !== 1;
  };
  // 9 is refused; 1 and 2 fill the list; 0 is too low to be asked of; 5 takes the place of 1.
  const scores = Float64Array.of(1, 9, 2, 0, 5);
  expect([...selectTop(scores, 2, accepts)]).toEqual([4, 2]);
  expect(asked).toEqual([0, 1, 2, 4]);
});
