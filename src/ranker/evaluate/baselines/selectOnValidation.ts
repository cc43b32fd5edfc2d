import { mean, measure } from "../measure.ts";
import type { Training, UserScorer } from "../types.ts";

/** The metric by which every model of the table is selected. */
export const SELECTION_METRIC = "ndcg@10";

/** Measures a scorer that was fitted on train alone: mean nDCG@10 of the validation rows, train masked. */
export function validate(scorer: UserScorer, training: Training): number {
  const { perUser } = measure(scorer, {
    items: training.items,
    history: training.train,
    masked: training.masked,
    relevant: training.valid,
  });
  return mean(perUser[SELECTION_METRIC]);
}

/**
 * Finds the entry of an ordered grid with the highest value by walking uphill from `start`; a value is
 * computed once, and a grid with one peak needs about half of its entries. Equal values keep the earlier entry.
 */
export function climbGrid<T>(grid: readonly T[], start: number, measureEntry: (entry: T) => number): T {
  const known = new Map<number, number>();
  const read = (at: number): number => {
    if (at < 0 || at >= grid.length) return Number.NEGATIVE_INFINITY;
    if (!known.has(at)) known.set(at, measureEntry(grid[at]));
    return known.get(at) as number;
  };
  let best = start;
  for (;;) {
    const next = [best - 1, best + 1].reduce((top, at) => (read(at) > read(top) ? at : top), best);
    if (next === best) return grid[best];
    best = next;
  }
}
