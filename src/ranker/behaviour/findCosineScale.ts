import type { ItemSpace } from "../train/itemSpace.ts";
import { cosineKernel, scaleKernel } from "../train/kernels.ts";

/**
 * Finds what `scaleKernel` multiplies the co-interaction kernel with, so that live counts can be weighed like it;
 * 1 where no two items share a user. Part of training: the model is to keep it.
 */
export function findCosineScale(space: ItemSpace, discount: number): number {
  const items = space.entity.length;
  const plain = cosineKernel(space, discount);
  const scaled = scaleKernel(plain, items);
  const [before, after] = [new Float64Array(items), new Float64Array(items)];
  for (let item = 0; item < items; item++) {
    plain(item, before.fill(0));
    const other = before.findIndex((weight) => weight > 0);
    if (other < 0) continue;
    scaled(item, after.fill(0));
    return after[other] / before[other];
  }
  return 1;
}
