import { DomainError } from "../../../errors.ts";
import type { BinaryMatrix } from "../../linear/BinaryMatrix.ts";
import { blendRecency } from "./factors/blendRecency.ts";
import type { FactorFamily } from "./factors/factorModel.ts";
import { LightGcnLearner } from "./factors/LightGcnLearner.ts";

const SETTINGS = { size: 64, layers: 3, rate: 0.01 };
const BATCH = 2048;
/** Every step smooths the whole graph, so beyond 32,768 interactions steps grow instead of their number. */
const STEPS = 16;
/** A fit of the largest takes hours on one core. */
const MOST_INTERACTIONS = 2_000_000;

/**
 * LightGCN with three layers; the ridge is chosen on validation, and so is the number of epochs.
 * @see https://arxiv.org/abs/2002.02126
 */
export const lightGcn: FactorFamily = {
  name: "lightgcn",
  limits: { every: 5, patience: 4, most: 200 },
  axes: [{ name: "ridge", grid: [1e-5, 1e-4, 1e-3, 1e-2] }],
  start: { ridge: 1e-4 },
  makeLearner: (x, { ridge }, seed) => {
    assertLearnable(x);
    const batch = Math.max(BATCH, Math.ceil(x.rowItems.length / STEPS));
    return new LightGcnLearner(x, { ...SETTINGS, ridge, batch, seed });
  },
  makeRecencyScorer: (factors, _options, recency) => blendRecency(factors, recency),
  blends: [0.25, 0.5, 0.75, 1],
};

/** @throws {DomainError} UNAVAILABLE where there are too many interactions to smooth over at every step */
function assertLearnable({ rowItems }: BinaryMatrix): void {
  if (rowItems.length <= MOST_INTERACTIONS) return;
  throw new DomainError(
    "UNAVAILABLE",
    `LightGCN smooths over ${rowItems.length} interactions at every step; expected at most ${MOST_INTERACTIONS}`,
  );
}
