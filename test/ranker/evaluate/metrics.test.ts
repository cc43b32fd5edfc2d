import { describe, expect, it } from "vitest";
import { hit, mrr, ndcg, ndcgReturned, precision, recall } from "../../../src/ranker/evaluate/metrics.ts";

// Ranks 1 … 4; hits at 2 and 4; the user has three relevant items.
const HITS = [0, 1, 0, 1];
const RELEVANT = 3;

describe("metrics of one user", () => {
  it("recall is the hits over the relevant items", () => {
    expect(recall(HITS, RELEVANT, 4)).toBeCloseTo(2 / 3, 12);
    expect(recall(HITS, RELEVANT, 3)).toBeCloseTo(1 / 3, 12);
  });

  it("precision divides by the cut-off, also where the list is shorter", () => {
    expect(precision(HITS, RELEVANT, 4)).toBe(0.5);
    expect(precision(HITS, RELEVANT, 10)).toBe(0.2);
  });

  it("hit asks only whether there is one", () => {
    expect(hit(HITS, RELEVANT, 1)).toBe(0);
    expect(hit(HITS, RELEVANT, 2)).toBe(1);
  });

  it("mrr is one over the rank of the first hit, and 0 beyond the cut-off", () => {
    expect(mrr(HITS, RELEVANT, 4)).toBe(0.5);
    expect(mrr(HITS, RELEVANT, 1)).toBe(0);
  });

  it("ndcg weighs a hit by 1 / log2(rank + 1) against as many hits as could be had", () => {
    // DCG = 1/log2(3) + 1/log2(5) = 0.630930 + 0.430677 = 1.061606
    // ideal of 3 hits = 1 + 0.630930 + 0.5 = 2.130930
    expect(ndcg(HITS, RELEVANT, 4)).toBeCloseTo(1.061606 / 2.13093, 5);
    // at 2 only two hits could be had: 0.630930 / 1.630930
    expect(ndcg(HITS, RELEVANT, 2)).toBeCloseTo(0.63093 / 1.63093, 5);
    expect(ndcg([1, 1, 1, 0], RELEVANT, 4)).toBe(1);
  });

  it("ndcg over the returned hits is 1 as soon as the hits stand on top", () => {
    expect(ndcgReturned([1, 0, 0, 0], RELEVANT, 4)).toBe(1);
    // two hits: 1.061606 / (1 + 0.630930)
    expect(ndcgReturned(HITS, RELEVANT, 4)).toBeCloseTo(1.061606 / 1.63093, 5);
    expect(ndcgReturned([0, 0], RELEVANT, 2)).toBe(0);
  });
});
