import type { Incidence } from "./Incidence.ts";

/**
 * From an item to another through something that both have: a user who likes both, or a fact that is true of
 * both. The step j → m → k multiplies a mass by leave[j]·arrive[m]. It never returns to the item that it left, so
 * that nothing is its own evidence.
 */
export interface Step {
  /** What it goes through: "users", or a group of facts. */
  readonly through: string;
  readonly incidence: Incidence;
  /** [items] */
  readonly leave: Float64Array;
  /** [middles] */
  readonly arrive: Float64Array;
}

/** Moves a mass per item one step on: out[k] = Σ_{j ≠ k} Σ_m mass[j]·leave[j]·arrive[m]. O(pairs); items of no mass cost nothing. */
export function stepOn(step: Step, mass: Float64Array): Float64Array {
  const { incidence, leave } = step;
  const left = mass.map((value, item) => value * leave[item]);
  const out = spread(step, left);
  for (let item = 0; item < incidence.items; item++) {
    if (left[item] !== 0) out[item] = subtract(out[item], left[item] * sumArrivals(step, item));
  }
  return out;
}

/** What each item is worth one step before: out[j] = Σ_{k ≠ j} Σ_m leave[j]·arrive[m]·worth[k]. */
export function stepBack(step: Step, worth: Float64Array): Float64Array {
  const out = spread(step, worth);
  for (let item = 0; item < out.length; item++) {
    if (worth[item] !== 0) out[item] = subtract(out[item], worth[item] * sumArrivals(step, item));
    out[item] *= step.leave[item];
  }
  return out;
}

/** The mass that one item gets by a step; costs as much as its middles have members. */
export function stepTo({ incidence, leave, arrive }: Step, mass: Float64Array, item: number): number {
  const { byItem, byMiddle } = incidence;
  let sum = 0;
  for (let at = byItem.offsets[item]; at < byItem.offsets[item + 1]; at++) {
    const middle = byItem.members[at];
    let gathered = 0;
    for (let from = byMiddle.offsets[middle]; from < byMiddle.offsets[middle + 1]; from++) {
      const other = byMiddle.members[from];
      if (other !== item) gathered += mass[other] * leave[other];
    }
    sum += gathered * arrive[middle];
  }
  return sum;
}

/** Σ over middles of what their items hold, given to each of their items. */
function spread({ incidence, arrive }: Step, held: Float64Array): Float64Array {
  const { items, middles, byItem, byMiddle } = incidence;
  const gathered = new Float64Array(middles);
  for (let item = 0; item < items; item++) {
    const value = held[item];
    if (value === 0) continue;
    for (let at = byItem.offsets[item]; at < byItem.offsets[item + 1]; at++)
      gathered[byItem.members[at]] += value;
  }
  const out = new Float64Array(items);
  for (let middle = 0; middle < middles; middle++) {
    const value = gathered[middle] * arrive[middle];
    if (value === 0) continue;
    for (let at = byMiddle.offsets[middle]; at < byMiddle.offsets[middle + 1]; at++)
      out[byMiddle.members[at]] += value;
  }
  return out;
}

/** What would return to its own item for each unit that leaves it. */
function sumArrivals({ incidence, arrive }: Step, item: number): number {
  const { offsets, members } = incidence.byItem;
  let sum = 0;
  for (let at = offsets[item]; at < offsets[item + 1]; at++) sum += arrive[members[at]];
  return sum;
}

/** a − b, 0 where they are equal but for rounding. */
function subtract(a: number, b: number): number {
  const rest = a - b;
  return rest < 1e-12 * a ? 0 : rest;
}
