import { type BinaryMatrix, countUsers, makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import type { ItemFamily } from "./itemModel.ts";
import { makeItemScorer } from "./makeItemScorer.ts";
import { keepNeighbours, type Neighbours, useNeighbours } from "./SparseSimilarity.ts";
import { climbGrid, validate } from "./selectOnValidation.ts";

const SHRINKS: readonly number[] = [0, 1, 2, 5, 10, 20, 50, 100];
const WIDTHS: readonly number[] = [5, 10, 20, 50, 100, 200, 400, 800];
const WIDEST = WIDTHS[WIDTHS.length - 1];

/**
 * ItemKNN: cosine similarity of the items' users, damped by a shrink term, over the k nearest items; shrink
 * and k are chosen on validation.
 * @see https://doi.org/10.1145/371920.372071
 */
export const itemKnn: ItemFamily = {
  name: "itemknn",
  select(training) {
    const taught = makeBinaryMatrix(training.train, training.items);
    const tried = new Map<number, { readonly k: number; readonly value: number }>();
    const shrink = climbGrid(SHRINKS, 3, (entry) => {
      const neighbours = findNearest(taught, entry, WIDEST);
      const values = WIDTHS.map((k) => validate(makeItemScorer(useNeighbours(neighbours, k), {}), training));
      const value = Math.max(...values);
      tried.set(entry, { k: WIDTHS[values.indexOf(value)], value });
      return value;
    });
    const k = tried.get(shrink)?.k ?? WIDEST;
    return {
      chosen: { shrink, k },
      fit: (rows) => useNeighbours(findNearest(makeBinaryMatrix(rows, training.items), shrink, k), k),
    };
  },
};

/** Finds each item's k nearest by |users of both| / (√|users of i| · √|users of j| + shrink). */
export function findNearest(x: BinaryMatrix, shrink: number, k: number): Neighbours {
  const { rowOffsets, rowItems, columnOffsets, columnUsers } = x;
  const norms = countUsers(x).map(Math.sqrt);
  return keepNeighbours(x.items, k, (item, out) => {
    for (let at = columnOffsets[item]; at < columnOffsets[item + 1]; at++) {
      const user = columnUsers[at];
      for (let other = rowOffsets[user]; other < rowOffsets[user + 1]; other++) out[rowItems[other]]++;
    }
    for (let other = 0; other < out.length; other++) {
      if (out[other] > 0) out[other] /= norms[item] * norms[other] + shrink;
    }
    out[item] = 0;
  });
}
