import type { ItemSimilarity } from "../../linear/ItemSimilarity.ts";
import { selectTop } from "../../selectTop.ts";

/** The strongest neighbours of each item, strongest first, [items, width]; −1 pads. */
export interface Neighbours {
  readonly items: number;
  readonly width: number;
  readonly neighbour: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Keeps the `width` highest positive weights of each row. `fillRow` writes a row into an array of zeros and
 * leaves the item's own place at 0.
 */
export function keepNeighbours(
  items: number,
  width: number,
  fillRow: (item: number, out: Float64Array) => void,
): Neighbours {
  const kept = Math.min(width, items);
  const neighbour = new Int32Array(items * kept).fill(-1);
  const weight = new Float32Array(items * kept);
  const row = new Float64Array(items);
  for (let item = 0; item < items; item++) {
    row.fill(0);
    fillRow(item, row);
    for (let other = 0; other < items; other++) if (!(row[other] > 0)) row[other] = Number.NEGATIVE_INFINITY;
    selectTop(row, kept).forEach((other, rank) => {
      neighbour[item * kept + rank] = other;
      weight[item * kept + rank] = row[other];
    });
  }
  return { items, width: kept, neighbour, weight };
}

/** Reads the first `k` neighbours of each item as a similarity; nothing is copied. */
export function useNeighbours({ width, neighbour, weight }: Neighbours, k: number): ItemSimilarity {
  const used = Math.min(k, width);
  return {
    addRow(item, factor, out) {
      for (let at = item * width; at < item * width + used && neighbour[at] >= 0; at++) {
        out[neighbour[at]] += factor * weight[at];
      }
    },
  };
}
