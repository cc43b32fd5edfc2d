const CUT_OFF = 10;

/** What each source thinks of one validation user's candidates. */
export interface MixtureCase {
  /** One row of scores per source, each over the same candidates; higher is better. */
  readonly scores: readonly Float64Array[];
  /** Places of the held-out items among the candidates. */
  readonly wanted: readonly number[];
  /** Held-out items, found or not; at least 1. */
  readonly relevant: number;
}

/**
 * nDCG@10 of the candidates by base + weight·extra. Of equal scores the held-out item comes last, so that a source
 * which knows nothing earns nothing. Cost: one pass over the candidates per held-out item among them.
 */
export function measureMixture(
  { wanted, relevant }: MixtureCase,
  {
    base,
    extra,
    weight,
  }: { readonly base: Float64Array; readonly extra: Float64Array; readonly weight: number },
): number {
  const ranks: number[] = [];
  for (const place of wanted) {
    const score = base[place] + weight * extra[place];
    let above = 0; // other candidates at or above it
    for (let other = 0; other < base.length && above < CUT_OFF + wanted.length; other++) {
      if (other !== place && base[other] + weight * extra[other] >= score) above++;
    }
    ranks.push(above);
  }
  return sumGains(ranks) / sumIdealGains(relevant);
}

function sumGains(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + (rank < CUT_OFF ? 1 / Math.log2(rank + 2) : 0), 0);
}

function sumIdealGains(relevant: number): number {
  let sum = 0;
  for (let rank = 0; rank < Math.min(CUT_OFF, relevant); rank++) sum += 1 / Math.log2(rank + 2);
  return sum;
}
