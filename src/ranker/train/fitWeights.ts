/** The rows of one user among which the held-out items should come first, compressed. */
export interface WeightCase {
  /** [C + 1] */
  readonly offsets: Int32Array;
  readonly column: Uint16Array;
  /** Never 0. */
  readonly value: Float64Array;
  /** Rows 0…targets−1 are the held-out items. */
  readonly targets: number;
}

const STEPS = 60;
const RATE = 0.1;
const PENALTY = 1; // of the squared scaled weights, over all cases together

/**
 * Fits one non-negative weight per column so that held-out items come first among their candidates: softmax
 * cross-entropy over each case, an L2 penalty, projected Adam on scaled columns.
 * @returns weights per column, unscaled; NaN where no case has the column, so that nothing is learned of it
 */
export function fitWeights(cases: readonly WeightCase[], columns: number): Float64Array {
  const scale = measureColumns(cases, columns);
  const scaled = cases.map((one) => ({
    ...one,
    value: one.value.map((value, at) => value / scale[one.column[at]]),
  }));
  const weights = Float64Array.from(scale, (size) => (size > 0 ? 0.3 : 0));
  const first = new Float64Array(columns);
  const second = new Float64Array(columns);
  const gradient = new Float64Array(columns);
  const rows = cases.reduce((most, one) => Math.max(most, one.offsets.length - 1), 0);
  const scores = new Float64Array(rows);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (const one of scaled) addGradient(one, weights, gradient, scores);
    for (let column = 0; column < columns; column++) {
      if (scale[column] === 0) continue;
      const slope = (gradient[column] + PENALTY * weights[column]) / cases.length;
      first[column] = 0.9 * first[column] + 0.1 * slope;
      second[column] = 0.999 * second[column] + 0.001 * slope * slope;
      const move =
        first[column] / (1 - 0.9 ** step) / (Math.sqrt(second[column] / (1 - 0.999 ** step)) + 1e-9);
      weights[column] = Math.max(0, weights[column] - RATE * move);
    }
  }
  return weights.map((weight, column) => (scale[column] > 0 ? weight / scale[column] : Number.NaN));
}

/** Root mean square of each column over the rows where it is not zero. */
function measureColumns(cases: readonly WeightCase[], columns: number): Float64Array {
  const squares = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (const { column, value } of cases) {
    for (let at = 0; at < column.length; at++) {
      squares[column[at]] += value[at] ** 2;
      counts[column[at]]++;
    }
  }
  return squares.map((sum, column) => (counts[column] > 0 ? Math.sqrt(sum / counts[column]) : 0));
}

/** Adds d/dw of −log softmax(targets); `scores` is scratch. */
function addGradient(
  { offsets, column, value, targets }: WeightCase,
  weights: Float64Array,
  gradient: Float64Array,
  scores: Float64Array,
): void {
  const rows = offsets.length - 1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    let score = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      score += weights[column[at]] * value[at];
    }
    scores[row] = score;
    if (score > highest) highest = score;
  }
  let total = 0;
  for (let row = 0; row < rows; row++) {
    scores[row] = Math.exp(scores[row] - highest);
    total += scores[row];
  }
  for (let row = 0; row < rows; row++) {
    const push = scores[row] / total - (row < targets ? 1 / targets : 0);
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      gradient[column[at]] += push * value[at];
    }
  }
}
