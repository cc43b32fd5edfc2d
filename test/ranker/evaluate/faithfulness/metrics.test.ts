import { describe, expect, it } from "vitest";
import { countCounterfactual } from "../../../../src/ranker/evaluate/faithfulness/countCounterfactual.ts";
import { countSignViolations } from "../../../../src/ranker/evaluate/faithfulness/countSignViolations.ts";
import { erasePaths } from "../../../../src/ranker/evaluate/faithfulness/erase.ts";
import { meanByDecile } from "../../../../src/ranker/evaluate/faithfulness/meanByDecile.ts";
import { overlapTop } from "../../../../src/ranker/evaluate/faithfulness/overlapTop.ts";
import type { Removable } from "../../../../src/ranker/evaluate/faithfulness/removePaths.ts";
import { spearman } from "../../../../src/ranker/evaluate/faithfulness/spearman.ts";
import type { RawPath } from "../../../../src/ranker/PathTable.ts";

/** An item whose score is √(sum of what its paths carry) above a floor of 1: bent, so that shares do not add up. */
function itemOf(masses: readonly number[]): Removable {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const paths = masses.map((mass) => {
    const delta = Math.sqrt(total - mass) - Math.sqrt(total);
    return { mass, contribution: mass / Math.sqrt(total), delta } as RawPath;
  });
  const without = (gone: readonly RawPath[]) =>
    1 + Math.sqrt(Math.max(0, total - gone.reduce((sum, { mass }) => sum + mass, 0)));
  return { paths, score: without([]), without };
}

describe("erasePaths", () => {
  it("asks the score without the strongest paths, and with them alone", () => {
    // Masses 9, 4, 3: √16 = 4 is carried. Without 9: √7, so 4 − 2.645751 = 1.354249 goes. 9 alone keeps √9 = 3.
    const erased = erasePaths(itemOf([9, 4, 3]), 1, () => 0.5); // place ⌊3 · .5⌋ = 1: the path of 4
    expect(erased?.comprehensiveness).toBeCloseTo(1.354249 / 4, 6);
    expect(erased?.sufficiency).toBeCloseTo(3 / 4, 12);
    // Without 4: √12 = 3.464102; 4 alone keeps 2.
    expect(erased?.random.comprehensiveness).toBeCloseTo((4 - 3.464102) / 4, 6);
    expect(erased?.random.sufficiency).toBeCloseTo(2 / 4, 12);
  });

  it("has nothing to say of an item with no more paths than are erased, or whose paths carry nothing", () => {
    expect(erasePaths(itemOf([9, 4, 3]), 3, Math.random)).toBeNull();
    expect(erasePaths(itemOf([0, 0]), 1, Math.random)).toBeNull();
  });
});

describe("countCounterfactual", () => {
  // Masses 9, 4, 3 on a floor of 1: scores 5; without 9: 3.6458; without 9 and 4: 2.7321; without all: 1.
  const item = itemOf([4, 9, 3]);
  it.each([
    [5.1, 0],
    [3.7, 1],
    [3.6, 2],
    [2.5, 3],
    [1, null],
  ])("needs, to come below %d, %j paths", (threshold, size) => {
    expect(countCounterfactual(item, threshold)).toBe(size);
  });
});

it("countSignViolations counts paths that do not take along what they gave", () => {
  const paths = [
    { contribution: 1, deltaIfRemoved: -0.5 },
    { contribution: -1, deltaIfRemoved: 0.5 },
    { contribution: 1, deltaIfRemoved: 0 },
    { contribution: 1, deltaIfRemoved: 0.1 },
  ];
  expect(countSignViolations(paths)).toBe(2);
});

describe("spearman", () => {
  it("is 1 for the same order, whatever the distances, and −1 for the opposite", () => {
    expect(spearman([1, 2, 3], [1, 10, 100])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it("gives ties their mean rank", () => {
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3, both with mean 1.5: products 2.25 + 0 + 0 + 2.25 = 4.5,
    // squares 4.5 and 5: 4.5 / √22.5.
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
  });

  it("is no number where a row is constant", () => {
    expect(spearman([1, 1], [1, 2])).toBeNaN();
  });
});

describe("meanByDecile", () => {
  it("cuts the sorted pairs into ten even parts", () => {
    // Keys 20 … 1 with the value 2 · key: the first tenth holds 1 and 2, mean (2 + 4) / 2.
    const pairs = Array.from({ length: 20 }, (_, at) => ({ key: 20 - at, value: 2 * (20 - at) }));
    const deciles = meanByDecile(pairs);
    expect(deciles).toHaveLength(10);
    expect(deciles[0]).toEqual({ from: 1, to: 2, count: 2, mean: 3 });
    expect(deciles[9]).toEqual({ from: 19, to: 20, count: 2, mean: 39 });
  });

  it("makes fewer parts of fewer pairs", () => {
    expect(meanByDecile([{ key: 3, value: 1 }])).toEqual([{ from: 3, to: 3, count: 1, mean: 1 }]);
    expect(meanByDecile([])).toEqual([]);
  });
});

it("overlapTop is the share of names that both lists start with", () => {
  expect(overlapTop(["a", "b", "c", "d"], ["c", "a", "e", "b"], 3)).toBeCloseTo(2 / 3, 12);
  expect(overlapTop(["a"], ["a", "b", "c"], 3)).toBeCloseTo(1 / 3, 12);
  expect(overlapTop([], [], 3)).toBe(1);
});
