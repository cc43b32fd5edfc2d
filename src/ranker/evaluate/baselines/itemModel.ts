import type { ItemSimilarity } from "../../linear/ItemSimilarity.ts";
import type { RankedModel, Training, UserScorer } from "../types.ts";
import { joinUserRows } from "../userRows.ts";
import { makeItemScorer } from "./makeItemScorer.ts";
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

/**
 * Lets a family's variants share one selection per training: the second one gets the first one's result, with
 * the seconds that it cost.
 */
export function shareSelection(family: ItemFamily): SharedFamily {
  const known = new WeakMap<Training, { readonly selected: Selected; readonly seconds: number }>();
  return {
    name: family.name,
    select(training) {
      const before = known.get(training);
      if (before) return { ...before, sharedSeconds: before.seconds };
      const started = performance.now();
      const selected = family.select(training);
      const seconds = (performance.now() - started) / 1000;
      known.set(training, { selected, seconds });
      return { selected, sharedSeconds: 0 };
    },
  };
}

export interface SharedFamily {
  readonly name: string;
  /** `sharedSeconds` is what the selection cost where it was done before, else 0. */
  select(training: Training): { readonly selected: Selected; readonly sharedSeconds: number };
}

/** Makes the model of a family: select on validation, then fit on train, or train + valid under `refit`. */
export function makeItemModel(family: SharedFamily): RankedModel {
  return {
    name: family.name,
    seeded: false,
    async fit(training) {
      const { selected, sharedSeconds } = family.select(training);
      return { ...makeItemScorer(selected.fit(taughtRows(training)), selected.chosen), sharedSeconds };
    },
  };
}

/** Half-lives of the recency variants, in items. */
export const HALF_LIVES: readonly number[] = [0.5, 1, 2, 3, 5, 8, 12, 20, 40, 80, Number.POSITIVE_INFINITY];

/**
 * Makes the model of a family whose history counts by recency: hyper-parameters are selected as without, then
 * the half-life on validation. Only meaningful where the rows of a user are in the order of time.
 */
export function makeRecencyModel(family: SharedFamily): RankedModel {
  return {
    name: `${family.name}+recency`,
    family: family.name,
    seeded: false,
    async fit(training) {
      const { selected, sharedSeconds } = family.select(training);
      const taught = selected.fit(training.train);
      const halfLife = climbGrid(HALF_LIVES, HALF_LIVES.indexOf(5), (entry) =>
        validate(makeItemScorer(taught, {}, entry), training),
      );
      const rows = taughtRows(training);
      const final = rows === training.train ? taught : selected.fit(rows);
      return { ...makeItemScorer(final, { ...selected.chosen, halfLife }, halfLife), sharedSeconds };
    },
  };
}

/** The rows that the last fit learns from. */
export function taughtRows(training: Training): Training["train"] {
  if (training.final) return training.final;
  return training.refit ? joinUserRows(training.train, training.valid) : training.train;
}
