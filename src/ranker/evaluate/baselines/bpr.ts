import { BprLearner } from "./factors/BprLearner.ts";
import { blendRecency } from "./factors/blendRecency.ts";
import type { FactorFamily } from "./factors/factorModel.ts";

const SIZE = 64;

/**
 * BPR-MF: matrix factorisation by Bayesian personalised ranking; ridge and learning rate are chosen on validation.
 * @see https://arxiv.org/abs/1205.2618
 */
export const bpr: FactorFamily = {
  name: "bpr",
  limits: { every: 10, patience: 3, most: 200 },
  axes: [
    { name: "ridge", grid: [0.001, 0.003, 0.01, 0.03, 0.1] },
    { name: "rate", grid: [0.05, 0.1, 0.2] },
  ],
  start: { ridge: 0.01, rate: 0.1 },
  makeLearner: (x, { ridge, rate }, seed) => new BprLearner(x, { size: SIZE, ridge, rate, seed }),
  makeRecencyScorer: (factors, _options, recency) => blendRecency(factors, recency),
  blends: [0.25, 0.5, 0.75, 1],
};
