import { describe, expect, it } from "vitest";
import { compareAuc } from "../../../../src/ranker/evaluate/ctr/compareAuc.ts";
import { findThreshold } from "../../../../src/ranker/evaluate/ctr/judge.ts";
import { measureAuc } from "../../../../src/ranker/evaluate/ctr/measureAuc.ts";
import { measureF1 } from "../../../../src/ranker/evaluate/ctr/measureF1.ts";
import { splitRows } from "../../../../src/ranker/evaluate/ctr/splitRows.ts";

describe("AUC", () => {
  it("is the share of pairs in the right order", () => {
    // Liked .9 and .4, others .6 and .1: .9 beats both, .4 beats one of two: 3 of 4 pairs.
    expect(measureAuc([1, 0, 1, 0], [0.9, 0.6, 0.4, 0.1])).toBe(0.75);
  });

  it("counts a tie as half", () => {
    // Liked .5 and .8, others .5 and .2: (½ + 1 + 1 + 1) / 4.
    expect(measureAuc([1, 0, 1, 0], [0.5, 0.5, 0.8, 0.2])).toBe(0.875);
    expect(measureAuc([1, 0, 0], [3, 3, 3])).toBe(0.5);
  });

  it("refuses rows of one kind", () => {
    expect(() => measureAuc([1, 1], [0, 1])).toThrow("2 liked and 0 other rows");
  });
});

describe("F1", () => {
  it("is 2·TP / (2·TP + FP + FN), the threshold itself counting as liked", () => {
    // Called liked: .9 (right), .5 (wrong); missed: .4. 2·1 / (2 + 1 + 1) = ½.
    expect(measureF1([1, 0, 1, 0], [0.9, 0.5, 0.4, 0.1])).toBe(0.5);
  });

  it("is 0 where nothing is called liked", () => {
    expect(measureF1([1, 0], [0.1, 0.2])).toBe(0);
  });

  it("has its best threshold at the last row that helps", () => {
    // From 3: 2·1/(1 + 2) = .67; from 2: 2·1/(2 + 2) = .5; from 1: 2·2/(3 + 2) = .8; from 0: 2·2/(4 + 2) = .67.
    expect(findThreshold([1, 0, 1, 0], Float64Array.of(3, 2, 1, 0))).toBe(1);
  });

  it("has no threshold between rows of one score", () => {
    // All three at once: 2·1/(3 + 1) = .5; the one above them is wrong: 0.
    expect(findThreshold([0, 1, 0, 0], Float64Array.of(5, 1, 1, 1))).toBe(1);
  });
});

describe("a comparison of two models", () => {
  const user = [0, 0, 1, 1, 2, 2];
  const labels = [1, 0, 1, 0, 1, 0];

  it("finds the difference of the two AUCs", () => {
    const a = [0.9, 0.1, 0.8, 0.3, 0.7, 0.2];
    const b = [0.9, 0.1, 0.2, 0.3, 0.7, 0.8];
    const { difference } = compareAuc([{ user, labels, a, b }], { users: 3 });
    expect(difference).toBeCloseTo(measureAuc(labels, a) - measureAuc(labels, b), 12);
  });

  it("has an interval without width where one is always right and the other always wrong", () => {
    const a = [1, 0, 1, 0, 1, 0];
    const b = [0, 1, 0, 1, 0, 1];
    expect(compareAuc([{ user, labels, a, b }], { users: 3, samples: 50 })).toEqual({
      difference: 1,
      low: 1,
      high: 1,
    });
  });

  it("is nothing between equal models, however ties fall", () => {
    const scores = [0.5, 0.5, 0.5, 0.2, 0.2, 0.5];
    const found = compareAuc([{ user, labels, a: scores, b: scores }], { users: 3, samples: 50 });
    expect(found).toEqual({ difference: 0, low: 0, high: 0 });
  });
});

describe("a split", () => {
  it("deals every row to exactly one part, 60, 20 and 20 of a hundred", () => {
    const { train, valid, test } = splitRows(100, 1);
    expect([train.length, valid.length, test.length]).toEqual([60, 20, 20]);
    expect(new Set([...train, ...valid, ...test]).size).toBe(100);
  });

  it("is the same for the same seed and another for another", () => {
    expect(splitRows(100, 1)).toEqual(splitRows(100, 1));
    expect(splitRows(100, 1).test).not.toEqual(splitRows(100, 2).test);
  });
});
