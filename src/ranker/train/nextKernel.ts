import type { ItemSpace } from "./itemSpace.ts";
import type { KernelRow } from "./kernels.ts";

/** How far "what came next" reaches, and how much it discounts what everybody takes next. */
export interface NextOptions {
  /** Exponent of the popularity discount of both ends; ½ is a cosine, less trusts frequent pairs more. */
  readonly discount: number;
  /** Share that each further row of the history keeps of the one before it. */
  readonly decay: number;
  /** Rows of the history that are looked at behind each item. */
  readonly reach: number;
}

export const DEFAULT_NEXT: NextOptions = { discount: 0.4, decay: 0.85, reach: 10 };

/**
 * What came next: N_ji = Σ decay^(g−1) over pairs with i at g = 1…reach rows behind j, divided by (n_j·n_i)^discount,
 * where n counts the interactions of an item. Directed: a trilogy's first part leads to its second. Needs histories
 * in order. The diagonal is 0. Cost per row: n_j · reach.
 */
export function nextKernel(space: ItemSpace, options: Partial<NextOptions> = {}): KernelRow {
  const { discount, decay, reach } = { ...DEFAULT_NEXT, ...options };
  const factors = Float64Array.from(
    space.entity,
    (_, item) => (space.itemOffsets[item + 1] - space.itemOffsets[item]) ** -discount,
  );
  return (item, out) => {
    for (let at = space.itemOffsets[item]; at < space.itemOffsets[item + 1]; at++) {
      const place = space.itemPlace[at];
      const end = Math.min(place + 1 + reach, space.userOffsets[space.placeUser[place] + 1]);
      for (let later = place + 1, weight = 1; later < end; later++, weight *= decay) {
        const other = space.userItem[later];
        out[other] += weight * factors[item] * factors[other];
      }
    }
    out[item] = 0;
  };
}
