/** Measures F1 = 2·TP / (2·TP + FP + FN) of the rows whose probability is at least `threshold`; 0 without hits. */
export function measureF1(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  threshold = 0.5,
): number {
  let hits = 0;
  let predicted = 0;
  let liked = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) liked++;
    if (probabilities[row] < threshold) continue;
    predicted++;
    if (labels[row] === 1) hits++;
  }
  return hits === 0 ? 0 : (2 * hits) / (predicted + liked);
}
