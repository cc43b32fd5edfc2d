import { expect, it } from "vitest";
import { makeRandom } from "../../../../src/ranker/random.ts";
import { chooseMixture } from "../../../../src/ranker/train/sources/chooseMixture.ts";
import { type MixtureCase, measureMixture } from "../../../../src/ranker/train/sources/MixtureCase.ts";

const CANDIDATES = 40;

/** One held-out item at place 0 among noise; `strength` is what each source adds to it. */
function caseOf(random: () => number, strength: readonly number[]): MixtureCase {
  const scores = strength.map((extra) =>
    Float64Array.from({ length: CANDIDATES }, (_, place) => random() + (place === 0 ? extra : 0)),
  );
  return { scores, wanted: [0], relevant: 1 };
}

function casesOf(count: number, seed: number, strength: readonly number[]): MixtureCase[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => caseOf(random, strength));
}

it("measures nDCG of the weighted sum", () => {
  // base .5, .4, .9 and extra 0, 1, 0 at weight ½: .5, .9, .9. Wanted are 0 and 1, of three relevant items.
  // Place 1 stands second (a tie counts against it): 1/log2(3). Place 0 third: 1/log2(4).
  const one = { scores: [], wanted: [0, 1], relevant: 3 };
  const [base, extra] = [Float64Array.of(0.5, 0.4, 0.9), Float64Array.of(0, 1, 0)];
  const gain = 1 / Math.log2(3) + 1 / 2;
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
  expect(measureMixture(one, { base, extra, weight: 0.5 })).toBeCloseTo(gain / ideal, 9);
});

it("earns nothing with a source that gives all the same", () => {
  const flat = new Float64Array(20);
  const one = { scores: [flat], wanted: [0], relevant: 1 };
  expect(measureMixture(one, { base: flat, extra: flat, weight: 1 })).toBe(0);
});

it("takes the one source that knows, and mixes none that does not", () => {
  // The second source always puts the held-out item first: nothing can be added to nDCG 1.
  expect(chooseMixture(casesOf(60, 1, [0, 2, 0]))).toEqual({ weights: [0, 1, 0], ndcg: 1 });
});

it("mixes two sources that each know a part", () => {
  const cases = casesOf(400, 2, [0.5, 0.5, 0]);
  const { weights, ndcg } = chooseMixture(cases);
  expect(Math.min(weights[0], weights[1])).toBeGreaterThan(0.2);
  expect(weights[2]).toBeLessThan(0.1);
  expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 9);
  const alone = chooseMixture(cases.map((one) => ({ ...one, scores: [one.scores[0]] })));
  expect(ndcg).toBeGreaterThan(alone.ndcg);
});

it("promises what other users get, though it chose the best of many empty sources", () => {
  // 20 sources of pure noise: the best mixture of 40 users looks good to them by luck. A random place among 40 is worth
  // Σ_{r=1…10} 1/log2(r + 1) / 40 = 4.544 / 40 = .114; the fold's figure is near it (deviation of a mean of 40: .04).
  const { ndcg } = chooseMixture(casesOf(40, 3, new Array(20).fill(0)));
  expect(ndcg).toBeLessThan(0.24);
  expect(ndcg).toBeGreaterThan(0.04);
});

it("takes the best single source where the users are too few to judge more", () => {
  const { weights, ndcg } = chooseMixture(casesOf(7, 4, [0, 2]));
  expect(weights).toEqual([0, 1]);
  expect(ndcg).toBeNaN();
  expect(chooseMixture([]).weights).toEqual([]);
});
