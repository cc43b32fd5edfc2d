import { describe, expect, it } from "vitest";
import { AdamW } from "../../../src/ranker/optimise/AdamW.ts";
import { RowAdamW } from "../../../src/ranker/optimise/RowAdamW.ts";
import { RowGradients } from "../../../src/ranker/optimise/RowGradients.ts";

describe("AdamW", () => {
  it("takes the steps that the paper's algorithm gives on paper", () => {
    const theta = Float32Array.of(1);
    const optimiser = new AdamW(theta, { weightDecay: 0.01 });
    // m = .05, v = .00025; m̂ = .05 / .1 = .5, v̂ = .00025 / .001 = .25; 1 − .1·(.5/.5 + .01·1) = .899
    optimiser.step(Float32Array.of(0.5), 0.1);
    expect(theta[0]).toBeCloseTo(0.899, 6);
    // m = .9·.05 − .025 = .02, m̂ = .02 / .19 = .105263; v = .999·.00025 + .001·.0625 = .00031225,
    // v̂ = .00031225 / .001999 = .156203, √v̂ = .395226; .899 − .1·(.105263/.395226 + .01·.899) = .871467
    optimiser.step(Float32Array.of(-0.25), 0.1);
    expect(theta[0]).toBeCloseTo(0.871467, 5);
  });

  it("decays a parameter beside the gradient, not through the moments", () => {
    const theta = Float32Array.of(2);
    // No gradient, so the direction is 0 / (0 + ε): 2 − .5·(0 + .1·2) = 1.9
    const optimiser = new AdamW(theta, { weightDecay: 0.1 });
    optimiser.step(Float32Array.of(0), 0.5);
    expect(theta[0]).toBeCloseTo(1.9, 6);
    expect([...optimiser.moments.mean, ...optimiser.moments.square]).toEqual([0, 0]);
  });

  it("finds the lowest point of a bowl", () => {
    const theta = Float32Array.of(5, -3);
    const optimiser = new AdamW(theta);
    // (x − 1)² + 10·(y − 2)²
    for (let step = 0; step < 2_000; step++) {
      optimiser.step(Float32Array.of(2 * (theta[0] - 1), 20 * (theta[1] - 2)), 0.05);
    }
    expect(theta[0]).toBeCloseTo(1, 3);
    expect(theta[1]).toBeCloseTo(2, 3);
  });

  it("refuses a gradient of another length", () => {
    expect(() => new AdamW(new Float32Array(3)).step(new Float32Array(2), 0.1)).toThrow(
      "the gradient has 2 numbers; expected 3",
    );
  });
});

describe("RowAdamW", () => {
  it("moves each row as if it were alone, and the rows that nothing touches not at all", () => {
    const table = Float32Array.of(1, 1, 2, 2, 3, 3);
    const [first, last] = [Float32Array.of(1, 1), Float32Array.of(3, 3)];
    const options = { weightDecay: 0.05 };
    const [rows, dense1, dense3] = [
      new RowAdamW(table, 2, options),
      new AdamW(first, options),
      new AdamW(last, options),
    ];
    const gradients = new RowGradients(3, 2, 3);
    // Row 2 in steps 1 and 3, row 0 in step 2: by then it has taken one step, row 2 two.
    for (const [row, slope] of [
      [2, 0.5],
      [0, -1],
      [2, 0.25],
    ]) {
      const at = gradients.touch(row);
      gradients.values.set([slope, 2 * slope], at);
      rows.step(gradients, 0.1);
      (row === 0 ? dense1 : dense3).step(Float32Array.of(slope, 2 * slope), 0.1);
      gradients.clear();
    }
    expect([...table]).toEqual([...first, 2, 2, ...last]);
    expect([...rows.moments.steps]).toEqual([1, 0, 2]);
  });
});

describe("RowGradients", () => {
  it("sums at one place what touches a row twice, and starts from 0 after a clear", () => {
    const gradients = new RowGradients(1_000_000, 2, 2);
    gradients.values[gradients.touch(7)] += 1;
    gradients.values[gradients.touch(999_999) + 1] += 2;
    gradients.values[gradients.touch(7)] += 3;
    expect([...gradients.rows.subarray(0, gradients.count)]).toEqual([7, 999_999]);
    expect([...gradients.values]).toEqual([4, 0, 0, 2]);
    expect(() => gradients.touch(5)).toThrow("row 5 is one too many; expected at most 2 touched rows");
    gradients.clear();
    expect(gradients.values[gradients.touch(5)]).toBe(0);
    expect(gradients.count).toBe(1);
  });
});
