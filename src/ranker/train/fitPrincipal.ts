import { makeRandom } from "../random.ts";

const TURNS = 30;

/**
 * Finds the mean of some vectors and the `dim` directions in which they differ most, by subspace iteration on
 * their covariance. Cost: n·size² for the covariance, 30·size²·dim for the directions.
 * @returns `projection` as rows, [dim × size], orthonormal
 * @see Golub & Van Loan, "Matrix Computations", orthogonal iteration
 */
export function fitPrincipal(
  vectors: readonly Float32Array[],
  size: number,
  dim: number,
): { readonly mean: Float32Array; readonly projection: Float32Array } {
  const mean = new Float32Array(size);
  for (const vector of vectors) for (let k = 0; k < size; k++) mean[k] += vector[k] / vectors.length;
  const covariance = measureCovariance(vectors, mean);
  const random = makeRandom(1);
  let rows: Float64Array[] = Array.from({ length: dim }, () =>
    Float64Array.from({ length: size }, () => random() - 0.5),
  );
  orthonormalise(rows);
  for (let turn = 0; turn < TURNS; turn++) {
    rows = rows.map((row) => multiply(covariance, row));
    orthonormalise(rows);
  }
  const projection = new Float32Array(dim * size);
  rows.forEach((row, k) => {
    projection.set(row, k * size);
  });
  return { mean, projection };
}

function measureCovariance(vectors: readonly Float32Array[], mean: Float32Array): Float64Array {
  const size = mean.length;
  const sums = new Float64Array(size * size);
  const centred = new Float64Array(size);
  for (const vector of vectors) {
    for (let k = 0; k < size; k++) centred[k] = vector[k] - mean[k];
    for (let row = 0; row < size; row++) {
      const value = centred[row];
      for (let column = 0, at = row * size; column < size; column++, at++)
        sums[at] += value * centred[column];
    }
  }
  return sums;
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const product = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0, at = row * size; column < size; column++, at++) sum += matrix[at] * vector[column];
    product[row] = sum;
  }
  return product;
}

/** Gram–Schmidt, in place; a row that depends on those before it becomes 0. */
function orthonormalise(rows: readonly Float64Array[]): void {
  rows.forEach((row, place) => {
    for (const before of rows.slice(0, place)) {
      const dot = row.reduce((sum, value, k) => sum + value * before[k], 0);
      for (let k = 0; k < row.length; k++) row[k] -= dot * before[k];
    }
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < row.length; k++) row[k] = length > 1e-9 ? row[k] / length : 0;
  });
}
