import type { ItemSpace } from "./itemSpace.ts";

/** Writes one row of an item–item matrix, the weights out of `item`, into `out` [I] (zeroed by the caller). */
export type KernelRow = (item: number, out: Float64Array) => void;

/**
 * Normalised co-interaction: K_ji = Σ_u 1/n_u over the users u of both, divided by (n_j·n_i)^b. A user with
 * a long history says less about each pair; b discounts popular items. The diagonal is 0.
 */
export function cosineKernel(space: ItemSpace, popularityDiscount: number): KernelRow {
  const discount = discountByPopularity(space, popularityDiscount);
  return (item, out) => {
    for (let at = space.itemOffsets[item]; at < space.itemOffsets[item + 1]; at++) {
      const user = space.placeUser[space.itemPlace[at]];
      const start = space.userOffsets[user];
      const end = space.userOffsets[user + 1];
      const share = 1 / (end - start);
      for (let place = start; place < end; place++) out[space.userItem[place]] += share;
    }
    for (let other = 0; other < out.length; other++) out[other] *= discount[item] * discount[other];
    out[item] = 0;
  };
}

function discountByPopularity(space: ItemSpace, exponent: number): Float64Array {
  return Float64Array.from(
    space.entity,
    (_, item) => (space.itemOffsets[item + 1] - space.itemOffsets[item]) ** -exponent,
  );
}

const SAMPLE = 200;

/** Scales a kernel so that the largest entry of a row is 1 on average; two kernels can then be weighed. */
export function scaleKernel(row: KernelRow, items: number): KernelRow {
  const out = new Float64Array(items);
  const stride = Math.max(1, Math.floor(items / SAMPLE));
  let sum = 0;
  let rows = 0;
  for (let item = 0; item < items; item += stride) {
    out.fill(0);
    row(item, out);
    const largest = out.reduce((most, value) => Math.max(most, value), 0);
    if (largest > 0) {
      sum += largest;
      rows++;
    }
  }
  const scale = sum > 0 ? rows / sum : 1;
  return (item, target) => {
    row(item, target);
    for (let other = 0; other < target.length; other++) target[other] *= scale;
  };
}
