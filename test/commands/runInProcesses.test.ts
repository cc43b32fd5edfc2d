import { expect, it } from "vitest";
import { batchUnits } from "../../src/commands/evaluate/runInProcesses.ts";
import { listUnits } from "../../src/ranker/evaluate/measureUnit.ts";
import type { Arena } from "../../src/ranker/evaluate/protocols/Protocol.ts";

it("keeps a family's variants of one seed together, and starts with what takes longest", () => {
  const models = [
    { name: "ease", seeded: false },
    { name: "ease+recency", seeded: false, family: "ease" },
    { name: "whygraph", seeded: true },
    { name: "whygraph-linear", seeded: true, family: "whygraph" },
    { name: "whygraph-no-graph", seeded: true },
  ];
  const batches = batchUnits(listUnits([{} as Arena], models, 2));
  expect(batches.map((units) => units.map(({ model, seed }) => `${model} ${seed}`))).toEqual([
    ["whygraph 1", "whygraph-linear 1"],
    ["whygraph 2", "whygraph-linear 2"],
    ["whygraph-no-graph 1"],
    ["whygraph-no-graph 2"],
    ["ease 1", "ease+recency 1"],
  ]);
});
