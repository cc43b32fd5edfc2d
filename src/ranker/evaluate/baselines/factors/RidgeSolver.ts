/** What one solution needs besides the vectors. */
export interface RidgeOptions {
  readonly size: number;
  /** α₀ */
  readonly unseen: number;
  /** λ */
  readonly ridge: number;
  /** Squared norm of the residual, against that of the right-hand side, at which a row counts as solved. */
  readonly tolerance?: number;
}

const TOLERANCE = 1e-4; // the next sweep begins from this one's end, so it need not be exact
const MOST_STEPS = 20;

/**
 * Solves rows of iALS over the vectors q [rows, size] of the other side: it finds p in
 * (Σ_j w_j·q_j·q_jᵀ + α₀·QᵀQ + λ'·I)·p = Σ_j w_j·q_j over the row's members j, λ' = λ·(Σ_j w_j + α₀·rows), by conjugate
 * gradients. QᵀQ is computed once, on construction. Cost of a step: size² + 2·members·size, where a factorisation
 * would take size³ / 6.
 */
export class RidgeSolver {
  readonly #gram: Float64Array;
  readonly #solution: Float64Array;
  readonly #target: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;
  #members: Int32Array = new Int32Array(0);
  #weights: Float64Array | null = null;
  #lambda = 0;

  constructor(
    private readonly vectors: Float32Array,
    private readonly options: RidgeOptions,
  ) {
    const { size, unseen } = options;
    this.#gram = multiplyGram(vectors, size, unseen);
    const make = () => new Float64Array(size);
    [this.#solution, this.#target, this.#residual] = [make(), make(), make()];
    [this.#direction, this.#image] = [make(), make()];
  }

  /** Solves one row into `p`, beginning from what it holds; without weights all members weigh 1. */
  solve(members: Int32Array, weights: Float64Array | null, p: Float32Array): void {
    const { size, unseen, ridge } = this.options;
    this.#members = members;
    this.#weights = weights;
    this.#solution.set(p);
    this.#target.fill(0);
    let mass = 0;
    for (let at = 0; at < members.length; at++) {
      const weight = weights ? weights[at] : 1;
      this.#addVector(members[at], weight, this.#target);
      mass += weight;
    }
    this.#lambda = ridge * (mass + (unseen * this.vectors.length) / size);
    this.#descend();
    p.set(this.#solution);
  }

  #descend(): void {
    const [x, r, d, image] = [this.#solution, this.#residual, this.#direction, this.#image];
    this.#multiply(x, image);
    for (let c = 0; c < x.length; c++) r[c] = d[c] = this.#target[c] - image[c];
    const enough = (this.options.tolerance ?? TOLERANCE) * dot(this.#target, this.#target);
    for (let step = 0, left = dot(r, r); step < MOST_STEPS && left > enough; step++) {
      this.#multiply(d, image);
      const length = left / dot(d, image);
      for (let c = 0; c < x.length; c++) {
        x[c] += length * d[c];
        r[c] -= length * image[c];
      }
      const next = dot(r, r);
      for (let c = 0; c < x.length; c++) d[c] = r[c] + (next / left) * d[c];
      left = next;
    }
  }

  /** out = (Σ w·q·qᵀ + α₀·QᵀQ + λ'·I)·v */
  #multiply(v: Float64Array, out: Float64Array): void {
    const [gram, size] = [this.#gram, v.length];
    for (let row = 0; row < size; row++) {
      let sum = this.#lambda * v[row];
      for (let c = 0, at = row * size; c < size; c++) sum += gram[at + c] * v[c];
      out[row] = sum;
    }
    for (let at = 0; at < this.#members.length; at++) {
      const start = this.#members[at] * size;
      let product = 0;
      for (let c = 0; c < size; c++) product += this.vectors[start + c] * v[c];
      this.#addVector(this.#members[at], product * (this.#weights ? this.#weights[at] : 1), out);
    }
  }

  #addVector(row: number, factor: number, out: Float64Array): void {
    for (let c = 0, at = row * out.length; c < out.length; c++) out[c] += factor * this.vectors[at + c];
  }
}

/** factor·QᵀQ [size, size] */
function multiplyGram(vectors: Float32Array, size: number, factor: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (let start = 0; start < vectors.length; start += size) {
    for (let a = 0; a < size; a++) {
      const value = factor * vectors[start + a];
      for (let b = 0, at = a * size; b < size; b++) gram[at + b] += value * vectors[start + b];
    }
  }
  return gram;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}
