import { expect, it } from "vitest";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import {
  trainedWarm,
  withoutGraph,
  withoutText,
  withShuffledGraph,
} from "../../../src/ranker/evaluate/ablations.ts";
import { findDefaultModels, MODELS } from "../../../src/ranker/evaluate/models.ts";
import type { RankedModel, Training } from "../../../src/ranker/evaluate/types.ts";
import { packUserRows } from "../../../src/ranker/evaluate/userRows.ts";
import { makeDataset } from "./support.ts";

const { interactions } = makeDataset([[0, 0, 1]], { users: 1, items: 40 });
const rows = packUserRows(interactions, [0], 1);
const graph = makeGraph({
  entities: Array.from({ length: 41 }, (_, at) => ({ id: `${at + 1}`, type: "film", isItem: at > 0 })),
  relations: [],
  triples: [],
});
// Item i is entity i + 1.
const itemIndexToEntity = Int32Array.from({ length: 40 }, (_, item) => item + 1);
const TRAINING: Training = {
  users: 1,
  items: 40,
  train: rows,
  valid: rows,
  refit: false,
  graph,
  itemIndexToEntity,
};

async function show(
  ablate: (model: RankedModel) => RankedModel,
  seed: number,
  given = TRAINING,
): Promise<Training> {
  let shown = given;
  const model: RankedModel = {
    name: "spy",
    seeded: false,
    async fit(training) {
      shown = training;
      return { chosen: {}, score: () => undefined };
    },
  };
  await ablate(model).fit(given, seed);
  return shown;
}

it("withoutGraph takes the graph away and leaves the rows", async () => {
  const shown = await show(withoutGraph, 1);
  expect(shown.graph).toBeNull();
  expect([...shown.itemIndexToEntity]).toEqual([...Array(40).keys()]);
  expect(shown.train).toBe(rows);
});

it("withShuffledGraph gives each item another's facts, each once, by the seed", async () => {
  const shown = await show(withShuffledGraph, 1);
  expect(shown.graph).toBe(graph);
  expect([...shown.itemIndexToEntity].sort((a, b) => a - b)).toEqual([...itemIndexToEntity]);
  expect([...shown.itemIndexToEntity]).not.toEqual([...itemIndexToEntity]);
  expect((await show(withShuffledGraph, 1)).itemIndexToEntity).toEqual(shown.itemIndexToEntity);
  expect((await show(withShuffledGraph, 2)).itemIndexToEntity).not.toEqual(shown.itemIndexToEntity);
});

it("withoutText takes the vectors away and leaves the rest", async () => {
  const shown = await show(withoutText, 1);
  expect(shown).toEqual({ ...TRAINING, vectors: null });
});

it("trainedWarm holds the newest interaction of each user out, and nothing else", async () => {
  const { interactions: many } = makeDataset(
    [
      [0, 3, 1],
      [0, 5, 2],
      [0, 4, 3],
      [1, 2, 1],
      [1, 9, 2],
    ],
    { users: 2, items: 40 },
  );
  const final = packUserRows(many, [0, 1, 2, 3, 4], 2);
  const shown = await show(trainedWarm, 1, { ...TRAINING, final });
  expect([...shown.train.items]).toEqual([3, 5, 2, 9]); // two interactions are too few to hold one out
  expect([...shown.valid.items]).toEqual([4]);
  expect(shown.final).toBe(final);
});

it("the table of a protocol holds ablations only on demand, and recency only where rows are in order", () => {
  const all = MODELS.map(({ name }) => name);
  expect(new Set(all).size).toBe(all.length);
  const namesOf = (...args: Parameters<typeof findDefaultModels>) =>
    findDefaultModels(...args).map(({ name }) => name);
  const strange = [...namesOf("full"), ...namesOf("cold", { ablations: true, text: true })].filter(
    (name) => !all.includes(name),
  );
  expect(strange).toEqual([]);
  expect(namesOf("full")).toEqual(
    expect.arrayContaining(["popularity", "itemknn", "rp3beta", "ease", "whygraph"]),
  );
  expect(namesOf("full").filter((name) => name.startsWith("whygraph"))).toEqual(["whygraph"]);
  expect(namesOf("full").filter((name) => name.includes("recency"))).toEqual([]);
  for (const protocol of ["time", "path"] as const) expect(namesOf(protocol)).toContain("ease+recency");
  expect(namesOf("full", { ablations: true })).toContain("whygraph-shuffled-graph");
  expect(namesOf("full", { ablations: true })).not.toContain("whygraph-no-text");
  expect(namesOf("cold")).toEqual(["random", "popularity", "kg-2-hop", "text", "whygraph", "whygraph-warm"]);
});
