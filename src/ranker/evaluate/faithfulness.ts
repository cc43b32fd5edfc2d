import { makeRandom } from "../random.ts";
import type { ScoredItem } from "../types.ts";

/**
 * Spearman's rank correlation of two equally long rows; ties share their mean rank. NaN where a row is constant.
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(rankValues(a), rankValues(b));
}

function rankValues(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((x, y) => values[x] - values[y]);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let place = start; place < end; place++) ranks[order[place]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let place = 0; place < a.length; place++) {
    const [x, y] = [a[place] - meanA, b[place] - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/**
 * Comprehensiveness: the share of the score's named parts that goes when the `count` strongest paths go, and
 * when as many paths drawn at random go. Null where there are not more than `count` paths to choose from, or where they carry nothing.
 * @see DeYoung et al. 2020 (ERASER)
 */
export function comprehensiveness(
  { evidence }: ScoredItem,
  count: number,
  seed: number,
): { readonly strongest: number; readonly random: number } | null {
  if (evidence.length <= count) return null;
  const total = evidence.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  if (total === 0) return null;
  const random = makeRandom(seed);
  const places = [...evidence.keys()];
  let drawn = 0;
  for (let taken = 0; taken < count; taken++) {
    const other = taken + Math.floor(random() * (places.length - taken));
    [places[taken], places[other]] = [places[other], places[taken]];
    drawn += Math.abs(evidence[places[taken]].contribution);
  }
  const strongest = evidence
    .slice(0, count)
    .reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  return { strongest: strongest / total, random: drawn / total };
}
