/** A logistic regression: P(liked) = σ(bias + Σ_c weights[c]·x_c). */
export interface Logistic {
  readonly bias: number;
  readonly weights: Float64Array;
}

/** What to learn from. */
export interface LogisticTask {
  /** [columns][rows] */
  readonly columns: readonly Float64Array[];
  readonly labels: ArrayLike<number>;
  /** Ridge: ridge/2·Σ w² beside the mean loss. */
  readonly ridge: number;
  /** Where to begin; 0 where absent. */
  readonly start?: Logistic;
}

const ROUNDS = 60;
const SETTLED = 1e-10;

/**
 * Fits a logistic regression whose weights are ≥ 0, the bias free: the minimum of the mean cross-entropy and a
 * ridge, which is convex, so there is one. Projected Newton: each round solves the quadratic model under the
 * bounds by coordinate descent and halves the step until the loss falls. O(rows·columns²) a round, about ten.
 */
export function fitLogistic(task: LogisticTask): Logistic {
  const size = task.columns.length;
  let weights: Float64Array = Float64Array.from({ length: size + 1 }, (_, at) =>
    task.start ? (at < size ? task.start.weights[at] : task.start.bias) : 0,
  );
  let loss = measureLoss(task, weights);
  for (let round = 0; round < ROUNDS; round++) {
    const target = solveQuadratic(makeQuadratic(task, weights), weights);
    let share = 1;
    let next = target;
    let nextLoss = measureLoss(task, next);
    while (nextLoss > loss && share > 1e-6) {
      share /= 2;
      next = weights.map((value, at) => value + share * (target[at] - value));
      nextLoss = measureLoss(task, next);
    }
    if (!(nextLoss < loss)) break;
    const gain = loss - nextLoss;
    weights = next;
    loss = nextLoss;
    if (gain < SETTLED) break;
  }
  return { bias: weights[size], weights: weights.slice(0, size) };
}

/** Computes bias + Σ_c w_c·x_c of each row, [rows]. */
export function addUp(
  columns: readonly Float64Array[],
  { bias, weights }: Logistic,
  rows: number,
): Float64Array {
  const logits = new Float64Array(rows).fill(bias);
  for (const [at, column] of columns.entries()) {
    if (weights[at] !== 0) for (let row = 0; row < rows; row++) logits[row] += weights[at] * column[row];
  }
  return logits;
}

interface Quadratic {
  /** [size + 1, size + 1], the bias last. */
  readonly hessian: Float64Array;
  readonly gradient: Float64Array;
}

/** log(1 + e^s) − y·s on average, and the ridge. */
function measureLoss({ columns, labels, ridge }: LogisticTask, weights: Float64Array): number {
  const size = columns.length;
  const logits = addUp(columns, { bias: weights[size], weights }, labels.length);
  let sum = 0;
  for (let row = 0; row < logits.length; row++) {
    const logit = logits[row];
    sum += Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[row] * logit;
  }
  let squares = 0;
  for (let at = 0; at < size; at++) squares += weights[at] ** 2;
  return sum / labels.length + (ridge / 2) * squares;
}

function makeQuadratic({ columns, labels, ridge }: LogisticTask, weights: Float64Array): Quadratic {
  const rows = labels.length;
  const size = columns.length;
  const logits = addUp(columns, { bias: weights[size], weights }, rows);
  const curvature = new Float64Array(rows);
  const error = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const chance = 1 / (1 + Math.exp(-logits[row]));
    error[row] = (chance - labels[row]) / rows;
    curvature[row] = (chance * (1 - chance)) / rows;
  }
  const all = [...columns, new Float64Array(rows).fill(1)];
  const hessian = new Float64Array((size + 1) ** 2);
  const gradient = new Float64Array(size + 1);
  const bent = new Float64Array(rows);
  for (let a = 0; a <= size; a++) {
    for (let row = 0; row < rows; row++) bent[row] = all[a][row] * curvature[row];
    for (let b = 0; b <= a; b++)
      hessian[a * (size + 1) + b] = hessian[b * (size + 1) + a] = dot(bent, all[b]);
    gradient[a] = dot(all[a], error);
    if (a < size) {
      gradient[a] += ridge * weights[a];
      hessian[a * (size + 2)] += ridge;
    }
  }
  return { hessian, gradient };
}

/** Minimises gradient·(w − at) + ½(w − at)ᵀH(w − at) with w ≥ 0 except the last, by coordinate descent. */
function solveQuadratic({ hessian, gradient }: Quadratic, at: Float64Array): Float64Array {
  const size = at.length;
  const solution = at.slice();
  const slope = gradient.slice();
  for (let sweep = 0; sweep < 2000; sweep++) {
    let largest = 0;
    for (let c = 0; c < size; c++) {
      const curvature = hessian[c * size + c];
      if (curvature <= 0) continue;
      const free = solution[c] - slope[c] / curvature;
      const moved = (c === size - 1 ? free : Math.max(0, free)) - solution[c];
      if (moved === 0) continue;
      solution[c] += moved;
      for (let other = 0; other < size; other++) slope[other] += hessian[other * size + c] * moved;
      largest = Math.max(largest, Math.abs(moved) * Math.sqrt(curvature));
    }
    if (largest < 1e-9) break;
  }
  return solution;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
