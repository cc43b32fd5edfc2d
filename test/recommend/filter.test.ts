import { expect, it } from "vitest";
import type { Entity } from "../../src/kg/types.ts";
import { type FoundNames, makeFilter } from "../../src/recommend/filter.ts";
import { listFilterNames } from "../../src/recommend/filterNames.ts";
import type { ItemFilter } from "../../src/recommend/types.ts";
import { graphOf, relation } from "../ranker/support.ts";

// Films 1…4; Scott (5) directed 1, 2 and 3, Weaver (6) plays in 1 and 4, in 4 perhaps.
const graph = graphOf(
  4,
  2,
  [relation(1, "directed_by"), relation(2, "starring")],
  [
    [1, 1, 5],
    [2, 1, 5],
    [3, 1, 5],
    [1, 2, 6],
    [4, 2, 6, 0.4],
  ],
);
const names: FoundNames = {
  entities: new Map(
    ["1", "2", "3", "4", "5", "6"].map((id) => [`e:${id}`, { id, key: `e:${id}` } as Entity]),
  ),
  attributes: new Map([
    [
      "year",
      new Map<string, unknown>([
        ["1", 1979],
        ["2", 1982],
        ["3", 2000],
      ]),
    ],
    [
      "tags",
      new Map<string, unknown>([
        ["1", ["space", "horror"]],
        ["4", "horror"],
      ]),
    ],
    [
      "released",
      new Map<string, unknown>([
        ["1", "1979-05-25"],
        ["3", "2000-05-05"],
      ]),
    ],
  ]),
};
const scott = { relation: "directed_by", entity: "e:5" };
const weaver = { relation: "starring", entity: "e:6" };

const passing = (filter: ItemFilter) => {
  const passes = makeFilter(graph, filter, names);
  return ["1", "2", "3", "4"].filter((id) => passes(graph.indexOf(id))).join();
};

it.each<[string, ItemFilter]>([
  ["1,2,3,4", {}],
  ["1,2,3", { has: [scott] }],
  ["1", { has: [scott, weaver] }],
  ["1", { has: [weaver], minConfidence: 0.5 }],
  ["4", { hasNot: [scott] }],
  ["2,3", { has: [scott], not: { has: [weaver] } }],
  ["1,2,3,4", { or: [{ has: [scott] }, { has: [weaver] }] }],
  ["1,2", { or: [{ keys: ["e:2"] }, { and: [{ has: [scott] }, { has: [weaver] }] }] }],
  ["", { or: [] }],
  ["1,2,3,4", { and: [] }],
  ["2,4", { keys: ["e:2", "e:4", "e:unknown"] }],
  ["1,3,4", { exclude: ["e:2", "e:unknown"] }],
  ["2,3", { not: { not: { attributes: [{ name: "year", from: 1980 }] } } }],
  ["2", { attributes: [{ name: "year", from: 1980, to: 1999 }] }],
  ["1,4", { attributes: [{ name: "tags", equals: "horror" }] }],
  ["1", { attributes: [{ name: "tags", in: ["space", "sea"] }] }],
  ["3", { attributes: [{ name: "released", from: "1999" }] }],
  ["4", { attributes: [{ name: "year", exists: false }] }],
  ["", { attributes: [{ name: "year", equals: "1979" }] }], // a text is no number
  ["", { attributes: [{ name: "unheard of", exists: true }] }],
  ["1,2,3,4", { types: ["movie"] }],
  ["", { types: ["nothing"] }],
])("lets %j pass of four films where it is %j", (expected, filter) => {
  expect(passing(filter)).toBe(expected);
});

it.each<[RegExp, ItemFilter]>([
  [/filter names the entity "e:9"/, { has: [{ relation: "directed_by", entity: "e:9" }] }],
  [/filter names the relation "painted"/, { not: { has: [{ relation: "painted", entity: "e:5" }] } }],
  [/minConfidence is 2/, { or: [{ minConfidence: 2 }] }],
  [/"year" asks nothing/, { attributes: [{ name: "year" }] }],
  [/from 1 to "2"/, { attributes: [{ name: "year", from: 1, to: "2" }] }],
])("refuses what cannot be meant: %s", (message, filter) => {
  expect(() => passing(filter)).toThrow(message);
});

it("lists what nested filters name, and refuses what is too deep, too long or too much", () => {
  const found = listFilterNames([
    { or: [{ has: [scott] }, { not: { exclude: ["e:1"], attributes: [{ name: "year", from: 1 }] } }] },
    { keys: ["e:2"] },
  ]);
  expect(found).toEqual({ keys: ["e:5", "e:1", "e:2"], attributes: ["year"] });
  const deep = Array.from({ length: 8 }).reduce<ItemFilter>((filter) => ({ not: filter }), {});
  expect(() => listFilterNames([deep])).toThrow("filter is nested 9 deep; expected at most 8");
  const wide = { or: Array.from({ length: 200 }, () => ({})) };
  expect(() => listFilterNames([wide])).toThrow(/more than 200 parts/);
  const long = { keys: Array.from({ length: 10_001 }, (_, at) => String(at)) };
  expect(() => listFilterNames([long])).toThrow(/names 10001 keys/);
});
