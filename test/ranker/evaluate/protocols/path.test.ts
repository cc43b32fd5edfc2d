import { describe, expect, it } from "vitest";
import { popularity } from "../../../../src/ranker/evaluate/baselines/popularity.ts";
import { evaluate } from "../../../../src/ranker/evaluate/evaluate.ts";
import { checkPublished, path } from "../../../../src/ranker/evaluate/protocols/path.ts";
import type { UserRows } from "../../../../src/ranker/evaluate/types.ts";
import { readHistory } from "../../../../src/ranker/evaluate/userRows.ts";
import { makeDataset, type Row } from "../support.ts";

/** One user, items 0 … 9 in the order of time: six train, two valid, two test. */
const ROWS = Array.from(
  { length: 10 },
  (_, at): Row => [0, at, at, at < 6 ? "train" : at < 8 ? "valid" : "test"],
);
const FILMS = makeDataset(ROWS, { users: 1, items: 10 });
const itemsOf = (rows: UserRows | undefined) => (rows ? [...readHistory(rows, 0).items] : null);

describe("protocol path", () => {
  it("chooses settings, under the history train, with the gap that the test has", () => {
    const { arenas } = path.prepare(FILMS);
    const [{ training, trials }] = arenas;
    expect(trials[0].group).toBe("history train");
    // The test starts two items after train ends; so do the validation items after what selection sees.
    expect(itemsOf(training.train)).toEqual([0, 1, 2, 3]);
    expect(itemsOf(training.masked)).toEqual([4, 5]);
    expect(itemsOf(training.valid)).toEqual([6, 7]);
    expect(itemsOf(training.final)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(itemsOf(trials[0].task.history)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(itemsOf(trials[0].task.masked)).toEqual([6, 7]);
    expect(itemsOf(trials[0].task.relevant)).toEqual([8, 9]);
  });

  it("leaves no gap under the history train+valid, and shows both unless one is asked for", () => {
    const [, { training, trials }] = path.prepare(FILMS).arenas;
    expect(trials[0].group).toBe("history train+valid");
    expect([training.refit, training.final, training.masked]).toEqual([true, undefined, undefined]);
    expect(itemsOf(training.train)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(itemsOf(trials[0].task.history)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(path.prepare(FILMS, "train").arenas).toHaveLength(1);
  });

  it("refuses data without validation rows, naming what it expected", () => {
    const rows = ROWS.map(
      ([user, item, time, split]): Row => [user, item, time, split === "valid" ? "train" : split],
    );
    expect(() => path.prepare(makeDataset(rows, { users: 1, items: 10 }))).toThrow(
      /"films" has no row with the split "valid": protocol "path" expects some between/,
    );
  });

  it("prints a row per history, with nDCG over returned hits first", async () => {
    const report = await evaluate(FILMS, { protocol: "path", models: [popularity], seeds: 1 });
    expect(report.rows.map(({ group }) => group)).toEqual(["history train", "history train+valid"]);
    expect(report.columns[0].metric).toBe("ndcg-returned@10");
    expect(report.figures.map(({ group }) => group)).toEqual(["history train", "history train+valid"]);
    // Nobody else is there, so the two test items tie with each other alone: both histories put them on top.
    for (const { metrics } of report.rows) expect(metrics["recall@10"].mean).toBe(1);
  });
});

it("checkPublished says nothing of data that nobody published", () => {
  expect(checkPublished(FILMS, [])).toEqual([]);
});
