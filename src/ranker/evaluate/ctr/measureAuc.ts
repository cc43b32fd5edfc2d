/**
 * Measures the area under the ROC curve: the chance that a liked row scores above one that is not, a tie
 * counting half. By the sum of ranks (Mann–Whitney), tied rows sharing their mean rank; O(n log n).
 * @throws RangeError where one of the two kinds is missing.
 */
export function measureAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Int32Array.from({ length: labels.length }, (_, row) => row);
  order.sort((a, b) => scores[a] - scores[b]);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    const meanRank = (start + 1 + end) / 2;
    for (let at = start; at < end; at++) {
      if (labels[order[at]] !== 1) continue;
      positives++;
      rankSum += meanRank;
    }
    start = end;
  }
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new RangeError(`${positives} liked and ${negatives} other rows; AUC needs both kinds`);
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
