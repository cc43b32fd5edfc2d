/** Who has rows: its entities by row. */
export interface RowHolder {
  /** Entity of each row, [≥ rows]. */
  readonly rowEntity: Int32Array;
  readonly rows: number;
}

/**
 * Finds rows by entity in an array over all entities, which one holder after another fills: what a holder leaves behind
 * is taken out when the next comes, so that it costs as much as there are rows.
 */
export class RowIndex {
  /** Row + 1 by entity, 0 where it has none. */
  #places: Int32Array;
  #holder: RowHolder | null = null;

  constructor(size: number) {
    this.#places = new Int32Array(size);
  }

  /**
   * The rows of `holder`: row + 1 by entity, 0 for none, [≥ size]. Good until the next call; rows that the holder adds
   * meanwhile are its own to write.
   */
  of(holder: RowHolder, size: number): Int32Array {
    if (this.#holder === holder && this.#places.length >= size) return this.#places;
    this.#empty();
    if (this.#places.length < size) this.#places = new Int32Array(size + (size >> 3));
    const places = this.#places;
    for (let row = 0; row < holder.rows; row++) places[holder.rowEntity[row]] = row + 1;
    this.#holder = holder;
    return places;
  }

  #empty(): void {
    if (!this.#holder) return;
    const { rows, rowEntity } = this.#holder;
    for (let row = 0; row < rows; row++) this.#places[rowEntity[row]] = 0;
  }
}
