import fc from "fast-check";
import { expect, it } from "vitest";
import { selectStrongest } from "../../src/ranker/train/selectStrongest.ts";

const select = (row: readonly number[], count: number) => [
  ...selectStrongest(Float64Array.from(row), count, new Float64Array(row.length)),
];

it("takes the largest magnitudes in ascending place, the first of equal ones, and no zero", () => {
  expect(select([0.5, -3, 0, 1, 3], 2)).toEqual([1, 4]);
  expect(select([1, -1, 2, 1, 1], 3)).toEqual([0, 1, 2]);
  expect(select([0, 4, 0], 3)).toEqual([1]);
  expect(select([1, 2], 0)).toEqual([]);
  expect(select([], 5)).toEqual([]);
});

it("agrees with sorting", () => {
  const row = fc.array(
    fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true, min: -9, max: 9 })),
  );
  fc.assert(
    fc.property(row, fc.integer({ min: 0, max: 20 }), (values, count) => {
      const sorted = [...values.keys()]
        .filter((place) => values[place] !== 0)
        .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b)
        .slice(0, count)
        .sort((a, b) => a - b);
      expect(select(values, count)).toEqual(sorted);
    }),
  );
});
