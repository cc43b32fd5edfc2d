import type { EmbedConfig } from "./types.ts";

/**
 * The loss of one query: `scores[0]` is the true answer's, the others are the negatives'. Writes the slope of
 * the loss by each score and gives the loss.
 */
export type QueryLoss = (scores: Float64Array, slopes: Float64Array) => number;

/** Makes the loss that a configuration asks for. */
export function makeLoss({ loss, margin, temperature }: EmbedConfig): QueryLoss {
  if (loss === "softmax") return softmaxLoss;
  return loss === "margin" ? makeMarginLoss(margin) : makeLogisticLoss(margin, temperature);
}

/**
 * −log σ(γ + s₀) − Σ p_n·log σ(−γ − s_n), with p = softmax(α·s) held constant (self-adversarial), or 1/N.
 * @see Sun et al. 2019, equations 4 and 5
 */
function makeLogisticLoss(margin: number, temperature: number): QueryLoss {
  return (scores, slopes) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = 1; at < scores.length; at++) highest = Math.max(highest, scores[at]);
    let total = 0;
    for (let at = 1; at < scores.length; at++) {
      slopes[at] = Math.exp(temperature * (scores[at] - highest));
      total += slopes[at];
    }
    let loss = softplus(-margin - scores[0]);
    slopes[0] = -sigmoid(-margin - scores[0]);
    for (let at = 1; at < scores.length; at++) {
      const share = slopes[at] / total;
      loss += share * softplus(margin + scores[at]);
      slopes[at] = share * sigmoid(margin + scores[at]);
    }
    return loss;
  };
}

/** The mean over the negatives of max(0, γ − s₀ + s_n). @see Bordes et al. 2013 */
function makeMarginLoss(margin: number): QueryLoss {
  return (scores, slopes) => {
    const share = 1 / (scores.length - 1);
    let loss = 0;
    slopes[0] = 0;
    for (let at = 1; at < scores.length; at++) {
      const lack = margin - scores[0] + scores[at];
      slopes[at] = lack > 0 ? share : 0;
      slopes[0] -= slopes[at];
      loss += lack > 0 ? share * lack : 0;
    }
    return loss;
  };
}

/** −s₀ + log Σ e^s, over the true answer and the negatives. @see Kadlec et al. 2017 */
function softmaxLoss(scores: Float64Array, slopes: Float64Array): number {
  let highest = scores[0];
  for (let at = 1; at < scores.length; at++) highest = Math.max(highest, scores[at]);
  let total = 0;
  for (let at = 0; at < scores.length; at++) {
    slopes[at] = Math.exp(scores[at] - highest);
    total += slopes[at];
  }
  for (let at = 0; at < scores.length; at++) slopes[at] /= total;
  slopes[0] -= 1;
  return highest + Math.log(total) - scores[0];
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
