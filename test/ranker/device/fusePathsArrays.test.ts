import { describe, expect, it } from "vitest";
import { fusePathsArrays } from "../../../src/ranker/device/fusePathsArrays.ts";
import type { PathBatch, PathParameters } from "../../../src/ranker/device/types.ts";
import { drawBatch, drawParameters, SMALL } from "./batches.ts";

// Group 0 is gated and straight, group 1 open and bent. d = 1, the only user's profile is 2.
const PARAMETERS: PathParameters = {
  dim: 1,
  bias: 0.5,
  profile: new Float64Array([2]),
  embedding: new Float64Array([1]),
  query: new Float64Array([Math.log(3) / 2, 0]),
  offset: new Float64Array([0, 0]),
  weights: new Float64Array([1, 0, 0, 2, 0, 1]), // linear 1, 0; saturating 0, 2; logarithmic 0, 1
  tau: new Float64Array([1, 1 / Math.LN2]),
  kappa: new Float64Array([1, 1]),
};

interface Path {
  readonly row: number;
  readonly group: number;
  readonly meeting: number;
  readonly mass: number;
}

function batchOf(rows: number, paths: readonly Path[]): PathBatch {
  return {
    rows,
    row: Int32Array.from(paths, ({ row }) => row),
    group: Int32Array.from(paths, ({ group }) => group),
    user: new Int32Array(paths.length),
    meeting: Int32Array.from(paths, ({ meeting }) => meeting),
    mass: Float64Array.from(paths, ({ mass }) => mass),
  };
}

describe("fusePathsArrays", () => {
  it("gates each path, bends the sum of each group, and shares it out by mass", () => {
    const batch = batchOf(2, [
      { row: 0, group: 0, meeting: 0, mass: 2 }, // t = 2·(ln 3)/2·1 = ln 3, σ = 3/4, a = 1.5: z = 3
      { row: 0, group: 1, meeting: 0, mass: 0.25 },
      { row: 0, group: 0, meeting: -1, mass: 1 }, // no meeting, no offset: a = 1, so z = 3 + 1 = 4 and f = 4
      { row: 0, group: 1, meeting: 0, mass: 0.75 }, // z = 1: f = 2·(1 − e^(−ln 2)) + ln(1 + 1) = 1 + ln 2
      { row: 1, group: 1, meeting: 0, mass: -1 }, // odd: −(1 + ln 2)
    ]);
    const { score, gate, contribution } = fusePathsArrays(batch, PARAMETERS);
    const bent = 1 + Math.LN2;
    expectClose(gate, [1.5, 1, 1, 1, 1]);
    expectClose(contribution, [3, bent / 4, 1, (3 * bent) / 4, -bent]);
    expectClose(score, [0.5 + 4 + bent, 0.5 - bent]);
  });

  it("scores a row without a path by the bias, before, between and after the others", () => {
    const { score } = fusePathsArrays(
      batchOf(5, [
        { row: 1, group: 0, meeting: -1, mass: 1 },
        { row: 3, group: 0, meeting: -1, mass: 2 },
      ]),
      PARAMETERS,
    );
    expect([...score]).toEqual([0.5, 1.5, 0.5, 2.5, 0.5]);
  });

  it("takes a batch without paths, and one without rows", () => {
    expect([...fusePathsArrays(batchOf(2, []), PARAMETERS).score]).toEqual([0.5, 0.5]);
    expect(fusePathsArrays(batchOf(0, []), PARAMETERS).score).toHaveLength(0);
  });

  it("shares nothing out at a mass of 0, where f(z)/z is f'(0)", () => {
    // z = 1 − 1 = 0, f'(0) = 2/τ + 1/κ = 2·ln 2 + 1
    const paths = [1, -1].map((mass) => ({ row: 0, group: 1, meeting: -1, mass }));
    const { score, contribution } = fusePathsArrays(batchOf(1, paths), PARAMETERS);
    expect(score[0]).toBe(0.5);
    expectClose(contribution, [2 * Math.LN2 + 1, -2 * Math.LN2 - 1]);
  });

  it("adds up: the bias and a row's contributions are its score", () => {
    const batch = drawBatch({ ...SMALL, rows: 50 });
    const parameters = drawParameters(SMALL);
    const { score, contribution } = fusePathsArrays(batch, parameters);
    const sums = new Float64Array(batch.rows).fill(parameters.bias);
    contribution.forEach((part, path) => {
      sums[batch.row[path]] += part;
    });
    expectClose(score, sums);
  });

  it("refuses rows whose paths do not stand together", () => {
    const paths = [0, 1, 0].map((row) => ({ row, group: 0, meeting: -1, mass: 1 }));
    expect(() => fusePathsArrays(batchOf(2, paths), PARAMETERS)).toThrow(
      "path 2 is of row 0 after row 1; expected rows in their order, 0 to 1, the paths of each together",
    );
  });

  it("refuses a row beyond the last", () => {
    const paths = [{ row: 2, group: 0, meeting: -1, mass: 1 }];
    expect(() => fusePathsArrays(batchOf(2, paths), PARAMETERS)).toThrow("path 0 is of row 2 after row -1");
  });
});

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found).toHaveLength(expected.length);
  for (let at = 0; at < expected.length; at++) expect(found[at]).toBeCloseTo(expected[at], 12);
}
