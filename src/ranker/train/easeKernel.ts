import { makeBinaryMatrix } from "../linear/BinaryMatrix.ts";
import { fitEase } from "../linear/fitEase.ts";
import type { ItemSpace } from "./itemSpace.ts";
import type { KernelRow } from "./kernels.ts";

/** Largest order of the inverse that a fit takes the time for: about 12 s on one core. */
const LARGEST_ORDER = 4000;

/** True where the smaller side of the interactions is small enough for `easeKernel`. */
export function canInvert(space: ItemSpace): boolean {
  return Math.min(space.users, space.entity.length) <= LARGEST_ORDER;
}

/**
 * Rows of EASE: B_ji = −P_ji / P_ii with P = (XᵀX + D)⁻¹, where the ridge of item j is d_j = λ + emphasis·n_j; with an
 * emphasis it is EDLAE, which spares rare items. @see https://arxiv.org/abs/1905.03375, Steck 2020
 */
export function easeKernel(space: ItemSpace, ridge: number, emphasis = 0): KernelRow {
  const none = new Float32Array(0);
  const rows = {
    offsets: space.userOffsets,
    items: space.userItem,
    values: none,
    times: new Float64Array(0),
  };
  const similarity = fitEase(makeBinaryMatrix(rows, space.entity.length), ridge, emphasis);
  return (item, out) => similarity.addRow(item, 1, out);
}
