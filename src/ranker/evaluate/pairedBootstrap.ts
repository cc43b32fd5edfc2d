import { makeRandom } from "../random.ts";

/** Mean of a − b over users with its 95% interval. */
export interface PairedDifference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Estimates mean(a − b) over the same users and its 95% interval, by drawing users with replacement.
 * The interval is the 2.5 and 97.5 percentile of the resampled means.
 * @throws RangeError where the arrays differ in length or are empty.
 */
export function pairedBootstrap(
  a: Float64Array,
  b: Float64Array,
  { samples = 2000, seed = 1 }: { readonly samples?: number; readonly seed?: number } = {},
): PairedDifference {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(
      `paired arrays of ${a.length} and ${b.length} users; expected the same number, at least 1`,
    );
  }
  const differences = a.map((value, user) => value - b[user]);
  const random = makeRandom(seed);
  const means = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0;
    for (let draw = 0; draw < a.length; draw++) sum += differences[Math.floor(random() * a.length)];
    means[sample] = sum / a.length;
  }
  means.sort();
  const difference = differences.reduce((sum, value) => sum + value, 0) / a.length;
  return { difference, low: percentile(means, 0.025), high: percentile(means, 0.975) };
}

/** Linear interpolation between the closest ranks of a sorted array. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}
