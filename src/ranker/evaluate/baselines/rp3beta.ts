import { type BinaryMatrix, countUsers, makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import type { ItemFamily } from "./itemModel.ts";
import { makeItemScorer } from "./makeItemScorer.ts";
import { keepNeighbours, type Neighbours, useNeighbours } from "./SparseSimilarity.ts";
import { climbGrid, validate } from "./selectOnValidation.ts";

const BETAS: readonly number[] = [0, 0.2, 0.4, 0.6, 0.8, 1];
const WIDTHS: readonly number[] = [20, 50, 100, 200, 400, 800];
const WIDEST = WIDTHS[WIDTHS.length - 1];

/**
 * RP3β: the probability of a random walk item → user → item, divided by the reached item's popularity to the
 * power β; β and the number of neighbours k are chosen on validation. α is 1.
 * @see https://doi.org/10.1145/2792838.2800180
 */
export const rp3beta: ItemFamily = {
  name: "rp3beta",
  select(training) {
    const taught = makeBinaryMatrix(training.train, training.items);
    const widths = new Map<number, number>();
    const beta = climbGrid(BETAS, 3, (entry) => {
      const neighbours = findWalks(taught, entry, WIDEST);
      const values = WIDTHS.map((k) => validate(makeItemScorer(useNeighbours(neighbours, k), {}), training));
      const value = Math.max(...values);
      widths.set(entry, WIDTHS[values.indexOf(value)]);
      return value;
    });
    const k = widths.get(beta) ?? WIDEST;
    return {
      chosen: { beta, k },
      fit: (rows) => useNeighbours(findWalks(makeBinaryMatrix(rows, training.items), beta, k), k),
    };
  },
};

/** Finds each item's k likeliest ends of a walk: Σ over shared users 1 / (|users of i| · |items of u|) / |users of j|^β. */
export function findWalks(x: BinaryMatrix, beta: number, k: number): Neighbours {
  const { rowOffsets, rowItems, columnOffsets, columnUsers } = x;
  const damp = countUsers(x).map((count) => count ** -beta);
  return keepNeighbours(x.items, k, (item, out) => {
    const degree = columnOffsets[item + 1] - columnOffsets[item];
    for (let at = columnOffsets[item]; at < columnOffsets[item + 1]; at++) {
      const user = columnUsers[at];
      const step = 1 / (degree * (rowOffsets[user + 1] - rowOffsets[user]));
      for (let other = rowOffsets[user]; other < rowOffsets[user + 1]; other++) out[rowItems[other]] += step;
    }
    for (let other = 0; other < out.length; other++) if (out[other] > 0) out[other] *= damp[other];
    out[item] = 0;
  });
}
