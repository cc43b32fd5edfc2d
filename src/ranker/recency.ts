const FLOOR = 0.02; // an old interaction keeps this share of a new one's weight

/**
 * Weighs `count` history items, newest first: ρ_k = (.02 + .98·2^(−k / halfLife)) / √Σρ. Without a half-life
 * all count alike. The root keeps long and short histories comparable with the popularity part.
 */
export function weighRecency(count: number, halfLife: number | null): Float64Array {
  const weights = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) {
    weights[k] = halfLife === null ? 1 : FLOOR + (1 - FLOOR) * 2 ** (-k / halfLife);
    total += weights[k];
  }
  const scale = total > 0 ? 1 / Math.sqrt(total) : 0;
  for (let k = 0; k < count; k++) weights[k] *= scale;
  return weights;
}
