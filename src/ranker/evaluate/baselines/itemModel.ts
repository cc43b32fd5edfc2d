import type { RankedModel, Training, UserScorer } from "../types.ts";
import { joinUserRows } from "../userRows.ts";
import { type ItemSimilarity, makeItemScorer } from "./ItemSimilarity.ts";
import { climbGrid, validate } from "./selectOnValidation.ts";

/** How one family of item–item similarities is fitted and selected. */
export interface ItemFamily {
  readonly name: string;
  /** Chooses hyper-parameters on validation, fitting on train, and gives how to fit with them. */
  select(training: Training): Selected;
}

export interface Selected {
  readonly chosen: UserScorer["chosen"];
  fit(rows: Training["train"]): ItemSimilarity;
}

/** Makes the model of a family: select on validation, then fit on train, or train + valid under `refit`. */
export function makeItemModel(family: ItemFamily): RankedModel {
  return {
    name: family.name,
    seeded: false,
    async fit(training) {
      const selected = family.select(training);
      return makeItemScorer(selected.fit(taughtRows(training)), selected.chosen);
    },
  };
}

const HALF_LIVES: readonly number[] = [1, 2, 3, 5, 8, 12, 20, 40, 80, Number.POSITIVE_INFINITY];

/**
 * Makes the model of a family whose history counts by recency: hyper-parameters are selected as without, then
 * the half-life on validation. Only meaningful where the rows of a user are in the order of time.
 */
export function makeRecencyModel(family: ItemFamily): RankedModel {
  return {
    name: `${family.name}+recency`,
    seeded: false,
    async fit(training) {
      const selected = family.select(training);
      const taught = selected.fit(training.train);
      const halfLife = climbGrid(HALF_LIVES, HALF_LIVES.indexOf(5), (entry) =>
        validate(makeItemScorer(taught, {}, entry), training),
      );
      const final = training.refit ? selected.fit(taughtRows(training)) : taught;
      return makeItemScorer(final, { ...selected.chosen, halfLife }, halfLife);
    },
  };
}

/** The rows that the last fit learns from. */
export function taughtRows(training: Training): Training["train"] {
  return training.refit ? joinUserRows(training.train, training.valid) : training.train;
}
