/**
 * Ranking metrics of one user, as pure functions. `hits[r]` is 1 where the item at rank r + 1 is relevant,
 * `relevant` is the number of the user's test items (at least 1), K the cut-off. A list shorter than K counts
 * its missing ranks as misses.
 */
export type Hits = ArrayLike<number>;

/** A metric of one user: a number in 0..1, higher is better. */
export type Metric = (hits: Hits, relevant: number, k: number) => number;

/** Recall@K = |hits in the top K| / |relevant|. */
export function recall(hits: Hits, relevant: number, k: number): number {
  return countHits(hits, k) / relevant;
}

/** Precision@K = |hits in the top K| / K. */
export function precision(hits: Hits, _relevant: number, k: number): number {
  return countHits(hits, k) / k;
}

/** Hit@K = 1 where the top K holds at least one hit, else 0. */
export function hit(hits: Hits, _relevant: number, k: number): number {
  return countHits(hits, k) > 0 ? 1 : 0;
}

/** MRR@K = 1 / rank of the first hit in the top K, 0 where there is none. */
export function mrr(hits: Hits, _relevant: number, k: number): number {
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) {
    if (hits[rank]) return 1 / (rank + 1);
  }
  return 0;
}

/** nDCG@K = Σ hit_r / log2(r + 1) over the same sum with min(K, |relevant|) hits at the top. */
export function ndcg(hits: Hits, relevant: number, k: number): number {
  return sumGains(hits, k) / sumIdealGains(Math.min(k, relevant));
}

/**
 * nDCG@K whose ideal holds only the hits that were returned, sorted to the top: it judges the order of the
 * hits and not how many there are. Used by the path-reasoning line; compare with nothing else.
 * @see https://github.com/mirkomarras/kgglm
 */
export function ndcgReturned(hits: Hits, _relevant: number, k: number): number {
  const count = countHits(hits, k);
  return count === 0 ? 0 : sumGains(hits, k) / sumIdealGains(count);
}

/** The metrics that evaluation prints, by the name before "@". */
export const METRICS: { readonly [name: string]: Metric } = {
  recall,
  ndcg,
  mrr,
  hit,
  precision,
  "ndcg-returned": ndcgReturned,
};

function countHits(hits: Hits, k: number): number {
  let count = 0;
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) count += hits[rank] ? 1 : 0;
  return count;
}

function sumGains(hits: Hits, k: number): number {
  let sum = 0;
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) if (hits[rank]) sum += 1 / Math.log2(rank + 2);
  return sum;
}

function sumIdealGains(count: number): number {
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sum += 1 / Math.log2(rank + 2);
  return sum;
}
