/** A row of a file of vectors: a key with its vector, or what is wrong with it. */
export interface VectorRow {
  /** From 1; of a table of text the header is line 1. */
  readonly line: number;
  readonly key: string;
  readonly vector: Float32Array | null;
  /** Null where there is a vector. */
  readonly fault: string | null;
}

/** Which columns hold what; found from their names where absent. */
export interface VectorColumns {
  /** Column of the entities' keys. */
  readonly key?: string;
  /** The one column that holds whole vectors; else each other column is one of its numbers. */
  readonly vector?: string;
}

/** The chosen columns, in the order of the file. */
export interface ChosenColumns {
  readonly key: string;
  readonly values: readonly string[];
}
