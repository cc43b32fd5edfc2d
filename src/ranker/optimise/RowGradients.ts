/**
 * Sums gradients of the few rows of a large table that one batch touches: memory is that of the batch, and
 * clearing costs what was touched.
 */
export class RowGradients {
  /** [capacity × width], row by row in the order of first touch. */
  readonly values: Float32Array;
  /** The touched rows, in the order of first touch: the first `count` entries. */
  readonly rows: Int32Array;
  #count = 0;
  readonly #slotOf: Int32Array;

  /** `capacity` is the most rows that are touched between two clears; a table never needs more than its own. */
  constructor(
    tableRows: number,
    readonly width: number,
    capacity: number,
  ) {
    const slots = Math.min(tableRows, capacity);
    this.values = new Float32Array(slots * width);
    this.rows = new Int32Array(slots);
    this.#slotOf = new Int32Array(tableRows).fill(-1);
  }

  get count(): number {
    return this.#count;
  }

  /** Where the gradient of `row` begins in `values`; all 0 at the first touch. */
  touch(row: number): number {
    const known = this.#slotOf[row];
    if (known >= 0) return known * this.width;
    if (this.#count === this.rows.length) {
      throw new RangeError(`row ${row} is one too many; expected at most ${this.rows.length} touched rows`);
    }
    this.#slotOf[row] = this.#count;
    this.rows[this.#count] = row;
    return this.#count++ * this.width;
  }

  clear(): void {
    this.values.fill(0, 0, this.#count * this.width);
    for (let slot = 0; slot < this.#count; slot++) this.#slotOf[this.rows[slot]] = -1;
    this.#count = 0;
  }
}
