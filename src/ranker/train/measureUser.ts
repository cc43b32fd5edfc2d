const CUT_OFF = 10;

/** nDCG@10 of one user: rows 0…found−1 are wanted and candidates, rows found…targets−1 wanted and none. */
export function measureUser(scores: ArrayLike<number>, targets: number, found: number): number {
  let gain = 0;
  for (let target = 0; target < found; target++) {
    let rank = 0;
    for (let row = 0; row < scores.length && rank < CUT_OFF; row++) {
      if (row >= found && row < targets) continue;
      if (scores[row] > scores[target] || (scores[row] === scores[target] && row > target)) rank++;
    }
    if (rank < CUT_OFF) gain += 1 / Math.log2(rank + 2);
  }
  let ideal = 0;
  for (let rank = 0; rank < Math.min(CUT_OFF, targets); rank++) ideal += 1 / Math.log2(rank + 2);
  return gain / ideal;
}
