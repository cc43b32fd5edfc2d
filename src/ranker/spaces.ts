/** Vectors per entity under one name: what an encoder made of texts, or what came from elsewhere. */
export interface VectorSet {
  readonly name: string;
  readonly kind: "TEXT" | "VECTOR";
  /** What made the vectors; two makers do not mix. */
  readonly encoder: string;
  readonly dim: number;
  /** Entity ids as numbers, ascending, [n]. */
  readonly ids: Float64Array;
  /** [n × dim] */
  readonly values: Float32Array;
}

/**
 * A vector set as a model uses it: centred, projected and scaled to length 1, v = P·(t − mean)/|…|. A path j ~ i
 * has the mass ρ_j·⟨v_j, v_i⟩. Vectors of entities that training knew are the model's own, so that an edit of
 * the graph moves no vector; those that came later are projected when the model is bound.
 */
export interface VectorSpace {
  readonly name: string;
  readonly kind: "TEXT" | "VECTOR";
  readonly encoder: string;
  readonly sourceDim: number;
  readonly dim: number;
  /** [sourceDim] */
  readonly mean: Float32Array;
  /** [dim × sourceDim] */
  readonly projection: Float32Array;
  /** [N × dim] by position of the model's statistics; 0 for an entity without one. */
  readonly vectors: Float32Array;
}

/** A space by the entity indices of one graph. */
export interface BoundSpace {
  readonly dim: number;
  /** Row of an entity in `vectors`, −1 where it has none. */
  rowOf(index: number): number;
  readonly vectors: Float32Array;
}

/** Projects one raw vector into the space, into `out` [dim] at `at`; 0 where it is the mean itself. */
export function projectVector(
  { sourceDim, dim, mean, projection }: Omit<VectorSpace, "vectors">,
  raw: ArrayLike<number>,
  out: Float32Array,
  at = 0,
): void {
  let square = 0;
  for (let k = 0; k < dim; k++) {
    let sum = 0;
    for (let s = 0; s < sourceDim; s++) sum += projection[k * sourceDim + s] * (raw[s] - mean[s]);
    out[at + k] = sum;
    square += sum * sum;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < dim; k++) out[at + k] *= scale;
}

/** ⟨a, v⟩ with row `row` of `vectors`. */
export function dotRow(a: ArrayLike<number>, vectors: Float32Array, row: number, dim: number): number {
  let sum = 0;
  for (let k = 0, at = row * dim; k < dim; k++, at++) sum += a[k] * vectors[at];
  return sum;
}
