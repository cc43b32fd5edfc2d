export type VectorKind = "TEXT" | "VECTOR";

/** A named set of vectors without its numbers: all were made by one encoder. */
export interface VectorSetRecord {
  readonly name: string;
  /** TEXT: made of the entities' words here. VECTOR: made elsewhere. */
  readonly kind: VectorKind;
  readonly encoder: string;
  readonly dim: number;
  /** Entities with a vector. */
  readonly encoded: number;
  /** Entities that were tried and have none. */
  readonly refused: number;
  readonly updatedAt: Date;
}

/** A vector set in memory. */
export interface VectorSet extends Pick<VectorSetRecord, "name" | "kind" | "encoder" | "dim"> {
  /** Entity ids as numbers, ascending, [n]. */
  readonly ids: Float64Array;
  /** [n × dim] */
  readonly values: Float32Array;
}

/** A vector set as it was stored at one moment. */
export interface StoredVectorSet extends VectorSet {
  /** Another after each writing; only compares. */
  readonly version: string;
}
