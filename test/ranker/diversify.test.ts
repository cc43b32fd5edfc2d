import { expect, it } from "vitest";
import { diversify } from "../../src/ranker/diversify.ts";
import { graphOf, relation } from "./support.ts";

// Films 1, 2 and 3 share director (5) and genre (6); film 4 has a genre of its own (7).
const graph = graphOf(
  4,
  3,
  [relation(1, "directed_by"), relation(2, "has_genre")],
  [
    [1, 1, 5],
    [1, 2, 6],
    [2, 1, 5],
    [2, 2, 6],
    [3, 1, 5],
    [4, 2, 7],
  ],
);
const ranked = [
  { item: 0, score: 4, personal: true },
  { item: 1, score: 3, personal: true },
  { item: 2, score: 2, personal: true },
  { item: 3, score: 1, personal: true },
];
const orderOf = (diversity: number) => diversify(graph, ranked, diversity).map(({ item }) => item);

it("keeps the order of scores where nothing is to be diverse", () => {
  expect(orderOf(0)).toEqual([0, 1, 2, 3]);
});

it("lets what is unlike come before what is like a better one, and leaves the scores alone", () => {
  // Relevance 1, 2/3, 1/3, 0. Behind film 1, at λ = ½: film 2 is like it by 2/2 → ½·2/3 − ½·1 = −1/6; film 3 by 1/2 →
  // ½·1/3 − ½·½ = −1/12; film 4 by none → 0. Then film 3 (like 1 and 2 by ½: −1/12) before film 2.
  expect(orderOf(0.5)).toEqual([0, 3, 2, 1]);
  expect(diversify(graph, ranked, 0.5).map(({ score }) => score)).toEqual([4, 1, 2, 3]);
});

it("asks for likeness alone at 1", () => {
  // Film 4 is like none; then film 3 (½) before film 2 (1).
  expect(orderOf(1)).toEqual([0, 3, 2, 1]);
});
