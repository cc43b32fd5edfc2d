import { expect, it } from "vitest";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import type { ChangeRow, Edges } from "../../../src/kg/types.ts";
import { describeGraph } from "./describeGraph.ts";
import { makeFilms, relation } from "./films.ts";

const neighbours = (edges: Edges) => [...edges.neighbour.subarray(edges.start, edges.end)];
const triplesOf = (edges: Edges) => [...edges.triple.subarray(edges.start, edges.end)];

function tripleRow(id: string, before: object | null, after: object | null): ChangeRow {
  return { subject: "triple", subjectId: id, before, after } as ChangeRow;
}
const edge = (head_id: number, relation_id: number, tail_id: number, confidence = 1, rank = "NORMAL") => {
  return { head_id, relation_id, tail_id, confidence, rank };
};

it("gives indices in the order of ids and rows in the order of (relation, neighbour)", () => {
  const graph = makeFilms();
  expect(["1", "2", "6", "7", "x"].map((id) => graph.indexOf(id))).toEqual([0, 1, 5, -1, -1]);
  expect(graph.idOf(5)).toBe("6");
  expect(graph.relations.map(({ key }) => key)).toEqual(["directedBy", "hasGenre"]);
  expect([0, 3].map((index) => [graph.isItem(index), graph.types[graph.typeOf(index)]])).toEqual([
    [true, "movie"],
    [false, "person"],
  ]);
  // Alien: directedBy Scott (index 3), hasGenre horror (index 4). Horror: from Alien and Blade Runner.
  expect(triplesOf(graph.out(0))).toEqual([11, 13]);
  expect(neighbours(graph.out(0))).toEqual([3, 4]);
  expect(triplesOf(graph.in(4))).toEqual([13, 14]);
  expect(neighbours(graph.in(0))).toEqual([]);
  expect([graph.size, graph.tripleCount, graph.revision]).toEqual([6, 5, "7"]);
});

it("takes 28 bytes per triple and 19 per entity", () => {
  // 5 triples × 2 directions × 14 bytes; 6 entities × 11 bytes; 2 × 7 offsets of 4 bytes.
  expect(makeFilms().bytes).toBe(5 * 28 + 6 * 11 + 2 * 7 * 4);
});

it("applies a new entity and triple, a new confidence and a deprecation in place", () => {
  const graph = makeFilms();
  const before = graph.out(0);
  const held = neighbours(before);
  const applied = graph.apply(
    [
      { subject: "entity", subjectId: "9", before: null, after: { type: "movie", is_item: true } },
      tripleRow("16", null, edge(9, 1, 4, 0.25)),
      tripleRow("13", edge(1, 2, 5), edge(1, 2, 5, 1, "DEPRECATED")),
      tripleRow("14", edge(2, 2, 5, 0.5), edge(2, 2, 5, 0.75)),
    ],
    "8",
  );
  expect(applied).toBe(true);
  expect([graph.revision, graph.size, graph.tripleCount, graph.indexOf("9")]).toEqual(["8", 7, 5, 6]);
  expect(graph.isItem(6)).toBe(true);
  expect(triplesOf(graph.in(3))).toEqual([11, 12, 16]);
  expect(triplesOf(graph.out(0))).toEqual([11]);
  expect(graph.in(4).confidence[graph.in(4).start]).toBe(0.75);
  expect(neighbours(before)).toEqual(held); // rows already given out do not change
});

it("sums the changes of one run: what comes and goes leaves no trace", () => {
  const graph = makeFilms();
  const { entities } = describeGraph(graph);
  const rows = [tripleRow("16", null, edge(3, 1, 4)), tripleRow("16", edge(3, 1, 4), null)];
  expect(graph.apply(rows, "9")).toBe(true);
  expect(describeGraph(graph)).toEqual({ revision: "9", triples: 5, entities });
});

it("forgets a deleted entity, keeps its index for the others, and knows it again when it comes back", () => {
  const graph = makeFilms();
  const drama = { type: "genre", is_item: false };
  graph.apply(
    [tripleRow("15", edge(3, 2, 6), null), { subject: "entity", subjectId: "6", before: drama, after: null }],
    "8",
  );
  expect([graph.indexOf("6"), graph.size, neighbours(graph.out(2))]).toEqual([-1, 6, []]);
  graph.apply([{ subject: "entity", subjectId: "6", before: null, after: drama }], "9");
  expect(graph.indexOf("6")).toBe(5);
});

it("takes a merged entity from the items", () => {
  const graph = makeFilms();
  const alien = { type: "movie", is_item: true, merged_into: null };
  graph.apply(
    [{ subject: "entity", subjectId: "1", before: alien, after: { ...alien, merged_into: 2 } }],
    "8",
  );
  expect([graph.isItem(0), graph.indexOf("1")]).toEqual([false, 0]);
});

it("asks for a fresh load, and stays at its revision, where an entity comes back that it has no index for", () => {
  const graph = makeGraph({
    entities: [{ id: "5", type: "movie", isItem: true }],
    relations: [],
    triples: [],
  });
  const row: ChangeRow = { subject: "entity", subjectId: "3", before: null, after: { type: "movie" } };
  expect(graph.apply([row], "1")).toBe(false);
  expect(graph.revision).toBe("0");
});

it("folds its changed rows in when they pass the bound, and says the same after it", () => {
  const compacting = makeFilms(0);
  const lazy = makeFilms();
  for (let i = 0; i < 30; i++) {
    const rows = [
      { subject: "entity", subjectId: `${20 + i}`, before: null, after: { type: "movie", is_item: true } },
      tripleRow(`${100 + i}`, null, edge(20 + i, 2, i % 2 ? 5 : 6, 0.5)),
    ] as ChangeRow[];
    for (const graph of [compacting, lazy]) graph.apply(rows, `${8 + i}`);
  }
  expect(lazy.overlayRows).toBe(30 + 2);
  expect(compacting.overlayRows).toBe(0);
  expect(describeGraph(compacting)).toEqual(describeGraph(lazy));
});

it.each([
  ["an entity twice", { entities: ["1", "1"] }, /entity 1 follows entity 1; expected ascending/],
  ["a triple to nowhere", { triples: [["1", "2"]] }, /triple 7 is \(1, 1, 2\); expected ids of entities/],
  [
    "a triple id over 32 bits",
    { id: "4294967296", triples: [["1", "1"]] },
    /triple id 4294967296 is too high/,
  ],
] as [string, { entities?: string[]; id?: string; triples?: string[][] }, RegExp][])(
  "refuses %s",
  (_, { entities = ["1"], id = "7", triples = [] }, message) => {
    const make = () =>
      makeGraph({
        entities: entities.map((id) => ({ id, type: "movie", isItem: true })),
        relations: [relation(1, "likes")],
        triples: triples.map(([headId, tailId]) => ({ id, headId, relationId: 1, tailId, confidence: 1 })),
      });
    expect(make).toThrow(message);
    expect(make).toThrow(RangeError);
  },
);

it("refuses a change that does not fit its rows", () => {
  expect(() => makeFilms().apply([tripleRow("99", edge(1, 1, 4), null)], "8")).toThrow(
    /holds 0 of the 1 triples to remove \(99/,
  );
});
