import { AdamW } from "../optimise/AdamW.ts";
import type { Calibration } from "./Calibration.ts";
import { calibrate } from "./Calibration.ts";
import type { Predictions } from "./collectPredictions.ts";

const STEPS = 400;
const RATE = 0.05;
const RIDGE = 1; // a prior of one observation that a slot is like all
const LEAST_SLOPE = 1e-3; // a better score is never less likely

/**
 * Fits probabilities to predictions by logistic regression on the standardised score, with an offset per
 * relation and side that is drawn towards the common one. Targets are Platt's, so that a few predictions that
 * all came true do not make certainty; without any the slope is 1 and the offsets are 0.
 * @see Platt 1999
 */
export function fitCalibration({ score, slot, isTrue }: Predictions, relations: number): Calibration {
  const slots = 2 * relations;
  if (score.length === 0) return { slope: 1, offsets: new Float32Array(slots) };
  const mean = score.reduce((sum, one) => sum + one, 0) / score.length;
  const variance = score.reduce((sum, one) => sum + (one - mean) ** 2, 0) / score.length;
  const spread = Math.sqrt(variance) || 1;
  const positives = isTrue.filter(Boolean).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (score.length - positives + 2);
  // [slope, common offset, the slots' own]
  const parameters = new Float32Array(2 + slots);
  parameters.set([1, Math.log((positives + 1) / (score.length - positives + 1))]);
  const gradient = new Float32Array(parameters.length);
  const optimiser = new AdamW(parameters);
  for (let step = 0; step < STEPS; step++) {
    gradient.fill(0);
    for (let at = 0; at < score.length; at++) {
      const standard = (score[at] - mean) / spread;
      const logit = parameters[0] * standard + parameters[1] + parameters[2 + slot[at]];
      const error = (1 / (1 + Math.exp(-logit)) - (isTrue[at] ? high : low)) / score.length;
      gradient[0] += error * standard;
      gradient[1] += error;
      gradient[2 + slot[at]] += error;
    }
    for (let at = 2; at < gradient.length; at++) gradient[at] += (RIDGE * parameters[at]) / score.length;
    optimiser.step(gradient, RATE * (1 - step / STEPS));
  }
  const slope = Math.max(parameters[0], LEAST_SLOPE) / spread;
  const offsets = Float32Array.from(
    { length: slots },
    (_, at) => parameters[1] + parameters[2 + at] - slope * mean,
  );
  return { slope, offsets };
}

/**
 * Measures how far probabilities are from what proved true: the expected calibration error over ten bins of
 * equal width, 0 to 1; NaN without predictions.
 * @see Naeini et al. 2015
 */
export function measureCalibration(calibration: Calibration, { score, slot, isTrue }: Predictions): number {
  const [claimed, proved] = [new Float64Array(10), new Float64Array(10)];
  for (let at = 0; at < score.length; at++) {
    const probability = calibrate(calibration, slot[at], score[at]);
    const bin = Math.min(9, Math.floor(10 * probability));
    claimed[bin] += probability;
    proved[bin] += isTrue[at] ? 1 : 0;
  }
  return claimed.reduce((sum, total, bin) => sum + Math.abs(total - proved[bin]), 0) / score.length;
}
