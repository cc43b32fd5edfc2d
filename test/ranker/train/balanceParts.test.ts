import { expect, it } from "vitest";
import { layOutGroups } from "../../../src/ranker/groups.ts";
import { straight } from "../../../src/ranker/shape.ts";
import { balanceParts, bindWeights, measureCases } from "../../../src/ranker/train/balanceParts.ts";
import type { Case } from "../../../src/ranker/train/cases.ts";
import { graphOf, relation } from "../support.ts";

const graph = graphOf(1, 1, [relation(1, "directed_by")], []);
const layout = layOutGroups(["co-interaction"], []);
const [BEHAVIOUR, POPULARITY, RELATION] = [0, layout.popularity, layout.firstRelation];

/** 12 candidates; the wanted one (row 0) shares a director, the eleven others are only popular. */
const fooled: Case = {
  offsets: Int32Array.from({ length: 13 }, (_, row) => row),
  group: Uint16Array.from({ length: 12 }, (_, row) => (row === 0 ? RELATION : POPULARITY)),
  mass: Float64Array.from({ length: 12 }, (_, row) => (row === 0 ? 1 : 2)),
  targets: 1,
  found: 1,
};
const learned = {
  bias: 0,
  shapes: {
    "behaviour:co-interaction": straight(1),
    popularity: straight(1),
    "relation:directed_by": straight(1),
  },
  otherRelation: straight(1),
};

it("takes weight from a part that fools every user, and gives nDCG@10 what it can", () => {
  const cases = Array.from({ length: 30 }, () => fooled);
  expect(measureCases(cases, bindWeights(learned, layout, graph))).toBe(0); // rank 12
  const balanced = balanceParts(cases, learned, { layout, graph, relations: "learned" });
  expect(measureCases(cases, bindWeights(balanced, layout, graph))).toBe(1);
  // Popularity must fall below half of the director's weight: 2·w < 1.
  expect(2 * balanced.shapes.popularity.linear).toBeLessThan(balanced.shapes["relation:directed_by"].linear);
  expect(balanced.shapes["behaviour:co-interaction"].linear).toBe(1);
});

it("keeps what was learned where the gain is one user's luck", () => {
  const settled: Case = {
    ...fooled,
    group: fooled.group.map(() => BEHAVIOUR),
    mass: fooled.mass.map((_, row) => (row === 0 ? 3 : 1)),
  };
  const cases = [fooled, ...Array.from({ length: 2 }, () => settled)];
  // One of three users gains 1: mean ⅓, standard error ⅓: not more than one.
  expect(balanceParts(cases, learned, { layout, graph, relations: "learned" })).toEqual(learned);
});

it("gives each relation a factor of its own where relations are balanced, and all of them one where they are not", () => {
  const two = graphOf(1, 1, [relation(1, "directed_by"), relation(2, "has_genre")], []);
  const GENRE = layout.firstRelation + 1;
  // The wanted item (row 0) shares a director, the eleven others a genre, which weighs twice as much.
  const cases = Array.from({ length: 30 }, () => ({
    ...fooled,
    group: fooled.group.map((_, row) => (row === 0 ? RELATION : GENRE)),
  }));
  const shapes = { ...learned.shapes, "relation:has_genre": straight(1) };
  const balance = (relations: "learned" | "balanced") => {
    const { shapes: after } = balanceParts(cases, { ...learned, shapes }, { layout, graph: two, relations });
    return { director: after["relation:directed_by"].linear, genre: after["relation:has_genre"].linear };
  };
  const apart = balance("balanced");
  expect(2 * apart.genre).toBeLessThan(apart.director);
  expect(balance("learned")).toEqual({ director: 1, genre: 1 }); // one factor for both moves no rank
});
