import type { FactorFamily } from "./factors/factorModel.ts";
import { foldIn } from "./factors/foldIn.ts";
import { IalsLearner } from "./factors/IalsLearner.ts";

const SIZE = 128;
const RIDGE = { name: "ridge", grid: [0.001, 0.003, 0.01, 0.03, 0.1] };
const UNSEEN = { name: "unseen", grid: [0.003, 0.01, 0.03, 0.1, 0.3] };

/**
 * iALS: implicit alternating least squares with the ridge scaled by a row's share of the loss; ridge and the
 * weight α₀ of unseen pairs are chosen on validation, and so is the number of sweeps.
 * @see https://arxiv.org/abs/2110.14037
 */
export const ials: FactorFamily = {
  name: "ials",
  limits: { every: 2, patience: 2, most: 16 },
  axes: [RIDGE, UNSEEN, RIDGE], // each pulls against the other
  start: { unseen: 0.03, ridge: 0.03 },
  makeLearner: (x, { unseen, ridge }, seed) => new IalsLearner(x, { size: SIZE, unseen, ridge, seed }),
  makeRecencyScorer: (factors, { unseen, ridge }, { halfLife }) =>
    foldIn(factors, { size: SIZE, unseen, ridge }, halfLife),
  blends: [1],
};
