import type { BoundModel } from "./bindModel.ts";
import type { Damping } from "./damping.ts";
import { spreadSource } from "./Spread.ts";
import { selectTop } from "./selectTop.ts";

/** Items that others with the same history liked, as further places to start from. */
export interface Reached {
  /** Entity indices, strongest first. */
  readonly items: readonly number[];
  /** reach · Σ_j ρ_j · similarity(j, k) of the first source, damped as k is. */
  readonly weights: readonly number[];
}

const NONE: Reached = { items: [], weights: [] };
const MOST = 30;

/**
 * Finds the items k that a path j ⇒ k –r– e –r– i may lead through: the 30 strongest co-interaction
 * neighbours of the history. They reach items that nobody has touched. Nothing where the model's `reach` is 0.
 */
export function findReached(
  model: BoundModel,
  own: Int32Array,
  { recency, damping }: { readonly recency: Float64Array; readonly damping: Damping | null },
): Reached {
  const { reach } = model.config;
  const [source] = model.sources;
  if (reach === 0 || !source || own.length === 0) return NONE;
  const spread = spreadSource(model.scratch.reach, source, own, recency);
  const seen = new Set(own);
  const values = damping
    ? spread.values.map((value, place) => value * damping.entity(spread.items[place]))
    : spread.values;
  const open = values.map((value, place) =>
    seen.has(spread.items[place]) || value <= 0 ? Number.NEGATIVE_INFINITY : value,
  );
  const places = Array.from(selectTop(open, MOST)).filter((place) => open[place] > 0);
  return {
    items: places.map((place) => spread.items[place]),
    weights: places.map((place) => reach * values[place]),
  };
}
