import { describe, expect, it } from "vitest";
import { splitDataset } from "../../../src/ranker/evaluate/splitDataset.ts";
import type { UserRows } from "../../../src/ranker/evaluate/types.ts";
import { cutUserRows, joinUserRows, readHistory } from "../../../src/ranker/evaluate/userRows.ts";
import { makeDataset } from "./support.ts";

const NONE = Number.NaN;
const itemsOf = (rows: UserRows): number[][] =>
  Array.from({ length: rows.offsets.length - 1 }, (_, user) => [...readHistory(rows, user).items]);

describe("protocol full", () => {
  it("follows the split column and keeps the order of the rows where there are no times", () => {
    const dataset = makeDataset(
      [
        [1, 4, NONE, "test"],
        [0, 3, NONE, "train"],
        [1, 0, NONE, "valid"],
        [0, 1, NONE, "train"],
        [0, 2, NONE, "test"],
        [1, 1, NONE, "train"],
      ],
      { users: 3, items: 5 },
    );
    const { train, valid, test, skippedUsers } = splitDataset(dataset, "full");
    expect(itemsOf(train)).toEqual([[3, 1], [1], []]);
    expect(itemsOf(valid)).toEqual([[], [0], []]);
    expect(itemsOf(test)).toEqual([[2], [4], []]);
    expect(skippedUsers).toBe(0);
  });

  it("counts an item that stands in two splits once, in the first of them", () => {
    const dataset = makeDataset(
      [
        [0, 1, NONE, "test"],
        [0, 2, NONE, "test"],
        [0, 1, NONE, "train"],
      ],
      { users: 1, items: 3 },
    );
    const { train, test } = splitDataset(dataset, "full");
    expect(itemsOf(train)).toEqual([[1]]);
    expect(itemsOf(test)).toEqual([[2]]);
  });

  it("refuses a row without a split, naming the row and the way out", () => {
    const dataset = makeDataset(
      [
        [0, 1, 1, "train"],
        [0, 2, 2],
      ],
      { users: 1, items: 3 },
    );
    expect(() => splitDataset(dataset, "full")).toThrow(
      /no split for interaction row 2.*expects train, valid or test.*"time"/,
    );
  });

  it("refuses a split without test rows", () => {
    const dataset = makeDataset([[0, 1, 1, "train"]], { users: 1, items: 3 });
    expect(() => splitDataset(dataset, "full")).toThrow('no row with the split "test"');
  });
});

describe("protocol time", () => {
  it("tests on the newest, validates on the one before, and teaches with the rest, oldest first", () => {
    const dataset = makeDataset(
      [
        [0, 0, 40],
        [0, 1, 10],
        [0, 2, 30],
        [0, 3, 20],
      ],
      { users: 1, items: 4 },
    );
    const { train, valid, test } = splitDataset(dataset, "time");
    expect(itemsOf(train)).toEqual([[1, 3]]);
    expect(itemsOf(valid)).toEqual([[2]]);
    expect(itemsOf(test)).toEqual([[0]]);
    expect([...train.times]).toEqual([10, 20]);
  });

  it("breaks equal times by the order of the rows", () => {
    const dataset = makeDataset(
      [
        [0, 2, 5],
        [0, 0, 5],
        [0, 1, 5],
      ],
      { users: 1, items: 3 },
    );
    const { train, valid, test } = splitDataset(dataset, "time");
    expect([itemsOf(train), itemsOf(valid), itemsOf(test)]).toEqual([[[2]], [[0]], [[1]]]);
  });

  it("keeps users with fewer than three in train and counts them, those without any too", () => {
    const dataset = makeDataset(
      [
        [0, 0, 1],
        [0, 1, 2],
        [1, 0, 1],
        [1, 1, 2],
        [1, 2, 3],
      ],
      { users: 3, items: 3 },
    );
    const { train, valid, test, skippedUsers } = splitDataset(dataset, "time");
    expect(itemsOf(train)).toEqual([[0, 1], [0], []]);
    expect(itemsOf(valid)).toEqual([[], [1], []]);
    expect(itemsOf(test)).toEqual([[], [2], []]);
    expect(skippedUsers).toBe(2);
  });

  it("takes the newest row of an item that comes again", () => {
    const dataset = makeDataset(
      [
        [0, 0, 1],
        [0, 1, 2],
        [0, 2, 3],
        [0, 0, 4],
      ],
      { users: 1, items: 3 },
    );
    const { train, valid, test } = splitDataset(dataset, "time");
    expect([itemsOf(train), itemsOf(valid), itemsOf(test)]).toEqual([[[1]], [[2]], [[0]]]);
  });

  it("refuses a data set in which nobody can be measured", () => {
    const dataset = makeDataset([[0, 0, 1]], { users: 1, items: 1 });
    expect(() => splitDataset(dataset, "time")).toThrow("no user with 3 interactions");
  });
});

it("joinUserRows puts the later rows of each user behind the earlier", () => {
  const dataset = makeDataset(
    [
      [0, 0, 1],
      [0, 1, 2],
      [0, 2, 3],
      [1, 0, 1],
    ],
    { users: 2, items: 3 },
  );
  const { train, valid } = splitDataset(dataset, "time");
  expect(itemsOf(joinUserRows(train, valid))).toEqual([[0, 1], [0]]);
});

it("cutUserRows keeps the first rows of each user apart from those behind, whatever is asked", () => {
  const dataset = makeDataset(
    [
      [0, 0, 1],
      [0, 1, 2],
      [0, 2, 3],
      [1, 3, 4],
    ],
    { users: 3, items: 4 },
  );
  const { train } = splitDataset(
    { ...dataset, interactions: { ...dataset.interactions, split: Uint8Array.of(1, 1, 1, 3) } },
    "full",
  );
  const [head, tail] = cutUserRows(train, (_, count) => count - 1);
  expect([itemsOf(head), itemsOf(tail)]).toEqual([
    [[0, 1], [], []],
    [[2], [], []],
  ]);
  expect([...tail.times]).toEqual([3]);
  const [all, none] = cutUserRows(train, () => 99);
  expect([itemsOf(all)[0], itemsOf(none)[0]]).toEqual([[0, 1, 2], []]);
});
