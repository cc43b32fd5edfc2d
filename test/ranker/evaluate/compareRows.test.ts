import { expect, it } from "vitest";
import { compareRows } from "../../../src/ranker/evaluate/compareRows.ts";
import type { Measured } from "../../../src/ranker/evaluate/summariseRuns.ts";

function measured(model: string, group: string, hits: readonly number[]): Measured {
  const mean = hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
  const row = { model, group, metrics: { hit: { mean, sd: 0 } }, seconds: {}, chosen: {} };
  return { row, users: hits.length, perUser: { hit: Float64Array.from(hits) } };
}

it("compares whygraph with the best baseline and its own graph ablations, group by group", () => {
  const leads = compareRows(
    [
      measured("popularity", "a", [0, 0, 1, 0]),
      measured("ease", "a", [1, 0, 1, 0]),
      measured("whygraph", "a", [1, 1, 1, 0]),
      measured("whygraph-no-graph", "a", [0, 0, 1, 0]),
      measured("whygraph-shuffled-graph", "a", [1, 1, 1, 1]),
      measured("whygraph-linear", "a", [1, 1, 1, 1]),
      measured("popularity", "b", [1, 1, 1, 1]),
      measured("whygraph", "b", [1, 1, 1, 0]),
    ],
    ["hit"],
  );
  // Group a: .75 against ease .5, no graph .25, shuffled 1; group b: .75 against popularity 1.
  expect(leads.map(({ group, over, best, difference }) => [group, over, best, difference])).toEqual([
    ["a", "ease", true, 0.25],
    ["a", "whygraph-no-graph", false, 0.5],
    ["a", "whygraph-shuffled-graph", false, -0.25],
    ["b", "popularity", true, -0.25],
  ]);
  for (const { low, high, difference } of leads) {
    expect(low).toBeLessThanOrEqual(difference);
    expect(high).toBeGreaterThanOrEqual(difference);
  }
});

it("has nothing to compare where whygraph is not in the table, or alone in it", () => {
  expect(compareRows([measured("ease", "", [1])], ["hit"])).toEqual([]);
  expect(compareRows([measured("whygraph", "", [1])], ["hit"])).toEqual([]);
});
