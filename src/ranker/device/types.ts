/**
 * Attention over graph paths as plain arrays, for batches of users. Letters: N paths, R pairs of user and item
 * ("rows"), U users, M entities with an embedding, G groups, d numbers per embedding, B users in training.
 *
 * a_p = 2σ(⟨profile_u ∘ query_g, x_m⟩/√d + offset_g) · z_rg = Σ a_p·mass_p · score_r = bias + Σ_g f_g(z_rg)
 */
export type Floats = Float32Array | Float64Array;

/** Paths of all rows, as columns of length N; those of one row stand together, rows in their order. */
export interface PathBatch {
  /** R. A row without a path scores the bias. */
  readonly rows: number;
  /** Row of each path, 0…R−1, not falling. */
  readonly row: Int32Array;
  /** Group, 0…G−1. */
  readonly group: Int32Array;
  /** Row of `profile`. */
  readonly user: Int32Array;
  /** Row of `embedding` where the path meets the history; −1 for none: the gate then has its offset only. */
  readonly meeting: Int32Array;
  readonly mass: Floats;
}

/** What is learned, and the fixed bends of the shapes. */
export interface PathParameters {
  /** d. */
  readonly dim: number;
  readonly bias: number;
  /** [U × d]. */
  readonly profile: Floats;
  /** x, [M × d]. */
  readonly embedding: Floats;
  /** q, [G × d]; a group of zeros is gated by its offset only. */
  readonly query: Floats;
  /** c, [G]; 0 and no query: a = 1. */
  readonly offset: Floats;
  /** Linear, then saturating, then logarithmic weight of each group, [3 × G]. @see Shape */
  readonly weights: Floats;
  /** [G]. */
  readonly tau: Floats;
  /** [G]. */
  readonly kappa: Floats;
}

/** A batch as it was scored. */
export interface FusedPaths {
  /** [R]. */
  readonly score: Floats;
  /** a, [N]. */
  readonly gate: Floats;
  /** Each path's part of its row's score, [N]: bias + Σ contribution of a row = its score. */
  readonly contribution: Floats;
}

/** A batch with what the users chose: the rows of user b are offsets[b]…offsets[b+1]−1. */
export interface ChoiceBatch extends PathBatch {
  /** [B + 1], from 0 to R. */
  readonly offsets: Int32Array;
  /** Share of its user's choice that each row had, [R]; of one user they sum to 1, or to 0 where nothing counts. */
  readonly target: Floats;
}

/** Slopes of the loss by parameter, each of its parameter's shape. */
export interface Gradients {
  readonly weights: Floats;
  readonly query: Floats;
  readonly offset: Floats;
  readonly embedding: Floats;
  readonly profile: Floats;
}
