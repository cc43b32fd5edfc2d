/** Item–item weights: all that an item-based model has learned. */
export interface ItemSimilarity {
  /** Adds `weight` times the row of `item` (its similarity to every item, 0 to itself) to `out` [items]. */
  addRow(item: number, weight: number, out: Float64Array): void;
}
