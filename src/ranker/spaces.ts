import type { StoredVectorSet, VectorSet } from "../kg/types.ts";

export type { StoredVectorSet, VectorSet };

/**
 * Vectors in which a path j ~ i has the mass ρ_j·⟨from_j, to_i⟩. BEHAVIOUR: factors that training learned of who
 * did what. TEXT and VECTOR: a vector set, centred, projected and scaled to length 1, so that ⟨…⟩ is a cosine. Vectors of
 * entities that training knew are the model's own, so that an edit of the graph moves no vector; those of a set that came
 * later are projected when the model is bound.
 */
export interface VectorSpace {
  readonly name: string;
  readonly kind: "BEHAVIOUR" | "TEXT" | "VECTOR";
  readonly dim: number;
  /** Of the history, in this space. */
  readonly halfLife: number | null;
  /** Null where training made the vectors itself. */
  readonly origin: Origin | null;
  /** Of an item as the start of a path: [N × dim] by position of the model's statistics; 0 where there is none. */
  readonly from: Float32Array;
  /** Of an item as its end; the very same array where likeness has no direction. */
  readonly to: Float32Array;
}

/** How raw vectors become those of a space: P·(t − mean), then length 1. */
export interface Origin {
  readonly encoder: string;
  readonly sourceDim: number;
  /** [sourceDim] */
  readonly mean: Float32Array;
  /** [dim × sourceDim] */
  readonly projection: Float32Array;
}

/** A space by the entity indices of one graph. */
export interface BoundSpace {
  readonly kind: VectorSpace["kind"];
  readonly dim: number;
  readonly halfLife: number | null;
  /** Row of an entity in `from` and `to`, −1 where it has none. */
  rowOf(index: number): number;
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** The versions of vector sets, in words that only compare; null for none. */
export function versionsOf(sets: ReadonlyMap<string, StoredVectorSet> | undefined): string | null {
  if (!sets || sets.size === 0) return null;
  return [...sets.values()].map(({ version }) => version).join();
}

/** Projects one raw vector into `out` at `at`, `dim` numbers of length 1; 0 where it is the mean itself. */
export function projectVector(
  { sourceDim, mean, projection }: Origin,
  raw: ArrayLike<number>,
  out: Float32Array,
  at = 0,
): void {
  const dim = projection.length / sourceDim;
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

/** Row `row` of `vectors`, without a copy. */
export function rowAt(vectors: Float32Array, row: number, dim: number): Float32Array {
  return vectors.subarray(row * dim, (row + 1) * dim);
}
