import { describe, expect, it } from "vitest";
import { invertPositive } from "../../../src/ranker/linear/invertPositive.ts";
import { makeRandom } from "../../../src/ranker/random.ts";

/** G·Gᵀ / n + I/10 with G uniform in −½ … ½: symmetric and positive definite. */
function makePositive(n: number, seed: number): Float64Array {
  const random = makeRandom(seed);
  const g = Float64Array.from({ length: n * n }, () => random() - 0.5);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 0.1 : 0;
      for (let k = 0; k < n; k++) sum += (g[i * n + k] * g[j * n + k]) / n;
      a[i * n + j] = sum;
    }
  }
  return a;
}

/** Gauss–Jordan without blocks. */
function invertNaively(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = a[pivot * n + pivot];
    for (let j = 0; j < n; j++) {
      a[pivot * n + j] /= scale;
      inverse[pivot * n + j] /= scale;
    }
    for (let i = 0; i < n; i++) {
      if (i === pivot) continue;
      const factor = a[i * n + pivot];
      for (let j = 0; j < n; j++) {
        a[i * n + j] -= factor * a[pivot * n + j];
        inverse[i * n + j] -= factor * inverse[pivot * n + j];
      }
    }
  }
  return inverse;
}

function findLargestGap(a: Float64Array, b: Float64Array): number {
  return a.reduce((gap, value, at) => Math.max(gap, Math.abs(value - b[at])), 0);
}

describe("invertPositive", () => {
  it("inverts a matrix that can be inverted on paper", () => {
    // [[4, 2], [2, 3]]: determinant 8, inverse [[3, −2], [−2, 4]] / 8
    const a = Float64Array.of(4, 2, 2, 3);
    invertPositive(a, 2);
    expect(findLargestGap(a, Float64Array.of(0.375, -0.25, -0.25, 0.5))).toBeLessThan(1e-15);
  });

  it.each([1, 3, 63, 64, 65, 130, 201])("agrees with Gauss–Jordan at order %i", (n) => {
    const a = makePositive(n, n);
    const expected = invertNaively(a, n);
    invertPositive(a, n);
    expect(findLargestGap(a, expected)).toBeLessThan(1e-10);
  });

  it("gives the identity when multiplied by the matrix, beyond one chunk of the inner loop", () => {
    const n = 333;
    const a = makePositive(n, 1);
    const inverse = a.slice();
    invertPositive(inverse, n);
    const product = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        for (let j = 0; j < n; j++) product[i * n + j] += a[i * n + k] * inverse[k * n + j];
      }
      product[i * n + i] -= 1;
    }
    expect(findLargestGap(product, new Float64Array(n * n))).toBeLessThan(1e-10);
  });

  it("reads only the lower half", () => {
    const a = Float64Array.of(4, 999, 2, 3);
    invertPositive(a, 2);
    expect(a[1]).toBeCloseTo(-0.25, 14);
  });

  it("refuses a matrix that is not positive definite, naming the pivot", () => {
    // [[1, 2], [2, 1]]: the second pivot is 1 − 4 = −3
    expect(() => invertPositive(Float64Array.of(1, 2, 2, 1), 2)).toThrow("pivot 1 is -3");
    expect(() => invertPositive(new Float64Array(5), 2)).toThrow("5 numbers; expected 2 × 2");
  });
});
