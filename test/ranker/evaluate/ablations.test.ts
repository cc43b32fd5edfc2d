import { expect, it } from "vitest";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import { withoutGraph, withShuffledGraph } from "../../../src/ranker/evaluate/ablations.ts";
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

async function show(ablate: (model: RankedModel) => RankedModel, seed: number): Promise<Training> {
  let shown = TRAINING;
  const model: RankedModel = {
    name: "spy",
    seeded: false,
    async fit(training) {
      shown = training;
      return { chosen: {}, score: () => undefined };
    },
  };
  await ablate(model).fit(TRAINING, seed);
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

it("the table of a protocol holds ablations only on demand", () => {
  const all = MODELS.map(({ name }) => name);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain("whygraph-shuffled-graph");
  expect(findDefaultModels("full").map(({ name }) => name)).toEqual([
    "popularity",
    "itemknn",
    "rp3beta",
    "ease",
    "whygraph",
  ]);
});
