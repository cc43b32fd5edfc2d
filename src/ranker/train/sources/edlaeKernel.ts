import { makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import { fitEase } from "../../linear/fitEase.ts";
import type { ItemSpace } from "../itemSpace.ts";
import type { KernelRow } from "../kernels.ts";

/** The ridge of item j is `ridge` + `emphasis` · n_j. */
export interface EdlaeOptions {
  readonly ridge: number;
  /** p / (1 − p) of a drop-out p of the input; 1 leaves every other interaction out, 0 is EASE. */
  readonly emphasis: number;
}

export const DEFAULT_EDLAE: EdlaeOptions = { ridge: 30, emphasis: 1 };

/**
 * Rows of EDLAE: B_ji = −P_ji / P_ii with P = (XᵀX + diag(ridge + emphasis·n))⁻¹. Trained against left-out input in
 * closed form, it leans less on one sure neighbour than EASE does. The diagonal is 0. Cost: one inverse of the
 * smaller side; see `canInvert`.
 * @throws {DomainError} UNAVAILABLE where that side is too large
 * @see Steck 2020, "Autoencoders that don't overfit towards the Identity"
 */
export function edlaeKernel(space: ItemSpace, options: Partial<EdlaeOptions> = {}): KernelRow {
  const { ridge, emphasis } = { ...DEFAULT_EDLAE, ...options };
  const rows = { offsets: space.userOffsets, items: space.userItem };
  const similarity = fitEase(makeBinaryMatrix(rows, space.entity.length), ridge, emphasis);
  return (item, out) => similarity.addRow(item, 1, out);
}
