import { describe, expect, it } from "vitest";
import { popularity } from "../../../../src/ranker/evaluate/baselines/popularity.ts";
import { random } from "../../../../src/ranker/evaluate/cold/random.ts";
import { evaluate } from "../../../../src/ranker/evaluate/evaluate.ts";
import { cold } from "../../../../src/ranker/evaluate/protocols/cold.ts";
import type { RankedModel, UserRows } from "../../../../src/ranker/evaluate/types.ts";
import { makeDataset, type Row } from "../support.ts";

const ITEMS = 40;
const USERS = 12;
/** Every user likes every item but one of ten; row by row in the order of time. */
const ROWS = Array.from({ length: USERS }, (_, user) =>
  Array.from({ length: ITEMS }, (_, item): Row => [user, item, item]).filter(
    ([, item]) => (item + user) % 10 > 0,
  ),
).flat();
const FILMS = makeDataset(ROWS, { users: USERS, items: ITEMS });
const itemsOf = ({ items }: UserRows) => new Set(items);

/** Knows the answer: an item that nobody touched is better than all others. */
const oracle: RankedModel = {
  name: "oracle",
  seeded: false,
  async fit({ final }) {
    const warm = itemsOf(final!);
    return {
      chosen: {},
      score(_user, _history, out) {
        for (let item = 0; item < out.length; item++) out[item] = warm.has(item) ? 0 : 1;
      },
    };
  },
};

describe("protocol cold", () => {
  const { arenas, notes } = cold.prepare(FILMS);
  const [{ training, trials }] = arenas;
  const [among, all] = trials.map(({ task }) => task);

  it("takes a tenth of the items out of everything that teaches, and asks for them", () => {
    expect(among.ranked).toHaveLength(4);
    const wanted = new Set(among.ranked);
    expect(itemsOf(all.relevant)).toEqual(new Set([...wanted].sort()));
    for (const rows of [training.train, training.valid, training.final!, all.history]) {
      expect([...itemsOf(rows)].filter((item) => wanted.has(item))).toEqual([]);
    }
    const asked = all.relevant.items.length;
    expect(notes).toEqual([`4 of 40 items are cold; ${asked} interactions ask for them`]);
  });

  it("holds a second tenth out for validation, and gives it back to the last fit", () => {
    const held = itemsOf(training.valid);
    expect(held.size).toBe(4);
    expect([...itemsOf(training.train)].filter((item) => held.has(item))).toEqual([]);
    expect(training.final!.items.length).toBe(training.train.items.length + training.valid.items.length);
    // In the order of time, though the held-out items lie between the others.
    const { offsets, times } = training.final!;
    const first = [...times.subarray(offsets[0], offsets[1])];
    expect(first).toEqual([...first].sort((a, b) => a - b));
  });

  it("loses no interaction and draws the same items each time", () => {
    const { train, valid } = training;
    expect(train.items.length + valid.items.length + all.relevant.items.length).toBe(ROWS.length);
    expect(cold.prepare(FILMS).arenas[0].trials[0].task.ranked).toEqual(among.ranked);
  });

  it("ranks among the cold items and among all, where what knows nothing of them is lost", async () => {
    const report = await evaluate(FILMS, {
      protocol: "cold",
      models: [oracle, popularity, random],
      seeds: 1,
    });
    const recallOf = (name: string, where: string) =>
      report.rows.find(({ model, group }) => model === name && group === where)!.metrics["recall@10"].mean;
    // Four cold items fit into ten places: everybody finds them when nothing else competes.
    expect(recallOf("popularity", "among cold items")).toBe(1);
    expect(recallOf("oracle", "among all items")).toBe(1);
    // A user has touched nearly all warm items: what is left of them, about 4, still comes before the cold ones.
    expect(recallOf("popularity", "among all items")).toBeGreaterThan(0);
    expect(report.leads).toEqual([]);
  });

  it("refuses data with too few items", () => {
    const few = makeDataset([[0, 0, 1]], { users: 1, items: 3 });
    expect(() => cold.prepare(few)).toThrow(
      /has 1 items with interactions: protocol "cold" expects at least 10/,
    );
  });
});
