import { collectColumns, type PathColumns } from "../../device/collectColumns.ts";
import type { Signals } from "../../signals.ts";

/** The paths of one user's rows: of shared entities and history items gated, of the rest not. */
export interface UserPaths extends PathColumns {
  /** Rows 0…targets−1 are the held-out items. */
  readonly targets: number;
  /** Rows 0…found−1 are those of them that serving would find. */
  readonly found: number;
  /** Positions of the history's items, newest first, and their ρ. */
  readonly history: Int32Array;
  readonly recency: Float64Array;
}

/** Collects what the gates weigh, before any gate. */
export function collectPaths(
  signals: Signals,
  items: readonly number[],
  counts: { readonly targets: number; readonly found: number },
): UserPaths {
  const { model, history, own, recency } = signals;
  return {
    ...collectColumns(signals, items),
    ...counts,
    history: history.subarray(0, own).map((index) => model.positionOf(index)),
    recency: recency.subarray(0, own),
  };
}
