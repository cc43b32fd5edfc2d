// Letters: E entities, R relations, D numbers per entity, D' numbers per relation, N negatives per query.

/** Triples as parallel arrays of entity and relation indices. */
export interface TripleColumns {
  /** E: one past the highest entity index. */
  readonly entities: number;
  /** R: one past the highest relation index. */
  readonly relations: number;
  readonly head: Int32Array;
  readonly relation: Int32Array;
  readonly tail: Int32Array;
}

/** The end of a triple that is asked for, while the other one is known. */
export type Side = "HEAD" | "TAIL";

/** Judges how well an entity answers a query; a higher number is better. */
export interface Comparison {
  /** Compares a query with the entity whose vector begins at `at` of the table. */
  compare(query: Float32Array, table: Float32Array, at: number): number;
  /** Adds `weight` times the gradient of `compare`, to that of the query and to that of the entity. */
  addGradient(weight: number, of: Compared, to: Compared): void;
}

/** A query and the entity that begins at `at` of a table; or, in the same shape, their gradients. */
export interface Compared {
  readonly query: Float32Array;
  readonly table: Float32Array;
  readonly at: number;
}

/** The vectors that a query is made of, [D] and [D']; or, in the same shape, their gradients. */
export interface Known {
  readonly entity: Float32Array;
  readonly relation: Float32Array;
}

/**
 * A model of triples: out of the known end and the relation it makes a query, and the better an entity
 * answers that, the likelier is the triple. Both sides give a triple the same score.
 */
export interface TripleScorer {
  readonly name: EmbeddingModel;
  readonly comparison: Comparison;
  /** True where the score is minus a distance, so that a loss needs a margin. */
  readonly isDistance: boolean;
  /** D' for a given D. @throws {RangeError} where D does not fit the model */
  relationWidth(dimension: number): number;
  /** How a relation begins: uniform in ± this bound; null for the bound of the entities. */
  readonly relationBound: number | null;
  /** Writes the query [D] for the missing `side`. */
  makeQuery(side: Side, known: Known, query: Float32Array): void;
  /** Adds the gradient of what the query is made of, given the gradient of the query. */
  addQueryGradient(side: Side, known: Known, gradients: Known & { readonly query: Float32Array }): void;
}

export const EMBEDDING_MODELS = ["transe", "distmult", "complex", "rotate"] as const;
export type EmbeddingModel = (typeof EMBEDDING_MODELS)[number];

/** Trained vectors: everything that a score depends on. */
export interface Embedding {
  readonly model: EmbeddingModel;
  /** D */
  readonly dimension: number;
  /** [E × D] */
  readonly entities: Float32Array;
  /** [R × D'] */
  readonly relations: Float32Array;
}

/** Settings of a training; each changes the result. */
export interface EmbedConfig {
  readonly model: EmbeddingModel;
  /** D; even for complex and rotate. */
  readonly dimension: number;
  readonly epochs: number;
  /** Triples per step. */
  readonly batch: number;
  /** N: wrong answers per query. */
  readonly negatives: number;
  /** Share of the negatives drawn from the entities that are seen at that end of the relation, 0..1. */
  readonly observed: number;
  /** Draws no triple that is known as a negative. */
  readonly filtered: boolean;
  readonly loss: "logistic" | "margin" | "softmax";
  /** γ of the logistic and the margin loss. */
  readonly margin: number;
  /** α of self-adversarial weights of the negatives in the logistic loss; 0 weighs them alike. */
  readonly temperature: number;
  /** Highest learning rate. */
  readonly rate: number;
  /** Epochs over which the rate rises. */
  readonly warmUp: number;
  readonly decay: "constant" | "cosine";
  readonly weightDecay: number;
  /** Weight of Σ|x|³ over the vectors of each triple. */
  readonly cubic: number;
  /** Validations without a rise before it stops. */
  readonly patience: number;
  /** Epochs from one validation to the next. */
  readonly validateEvery: number;
  readonly seed: number;
}
