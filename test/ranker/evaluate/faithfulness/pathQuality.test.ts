import { describe, expect, it } from "vitest";
import {
  type ExplainedPath,
  measurePathQuality,
  smoothRanks,
} from "../../../../src/ranker/evaluate/faithfulness/pathQuality.ts";

const path = (link: number, shared: number | null, type: string, recency = 0.5): ExplainedPath => ({
  ...{ link, shared, type, recency },
  popularity: shared === null ? 0 : shared / 10,
});

describe("measurePathQuality", () => {
  // Four paths: two from Alien (1), by Scott (5) and Weaver (6); one from Jaws (2), by Scott; one of behaviour.
  const paths = [
    path(1, 5, "directed_by", 1),
    path(1, 6, "starring", 1),
    path(2, 5, "directed_by", 0.4),
    path(3, null, "CO_INTERACTION", 0),
  ];
  const quality = measurePathQuality(paths, 3);

  it("averages recency over paths, and popularity over those with a shared entity", () => {
    expect(quality.LIR).toBeCloseTo((1 + 1 + 0.4 + 0) / 4, 12);
    expect(quality.SEP).toBeCloseTo((0.5 + 0.6 + 0.5) / 3, 12);
  });

  it("counts different links and shared entities per path", () => {
    expect(quality.LID).toBe(3 / 4);
    expect(quality.SED).toBeCloseTo(2 / 3, 12);
  });

  it("counts types of as many as there could be", () => {
    expect(quality.PTD).toBe(1); // 3 of min(4 paths, 3 types)
    expect(measurePathQuality(paths, 20).PTD).toBe(3 / 4);
  });

  it("is the chance that two paths differ in type", () => {
    // directed_by twice: 2·1 of the 4·3 ordered pairs are alike.
    expect(quality.PTC).toBeCloseTo(1 - 2 / 12, 12);
    expect(measurePathQuality([path(1, 5, "a"), path(2, 5, "a")], 3).PTC).toBe(0);
  });

  it("has no number for what no path has", () => {
    const { SEP, SED, PTC } = measurePathQuality([path(3, null, "CO_INTERACTION")], 3);
    expect([SEP, SED, PTC]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("smoothRanks", () => {
  it("takes the weighted mean of what came before, α = 2/(n + 1), and scales it to 0…1", () => {
    // n = 3, 1 − α = ½. Means: 2; (4 + ½·2) / 1.5 = 10/3; (10 + ½·4 + ¼·2) / 1.75 = 50/7.
    // Scaled: 0; (10/3 − 2) / (50/7 − 2) = (4/3) / (36/7) = 28/108; 1.
    const smooth = smoothRanks([2, 4, 10]);
    expect(smooth[0]).toBe(0);
    expect(smooth[1]).toBeCloseTo(28 / 108, 12);
    expect(smooth[2]).toBe(1);
  });

  it("counts equal values by their order, and one alone as 0", () => {
    // 0, 1, 2 instead of 7, 7, 7: 0; 1 / 1.5 = 2/3; (2 + ½) / 1.75 = 10/7. Scaled: 0; 14/30; 1.
    const smooth = smoothRanks([7, 7, 7]);
    expect(smooth[1]).toBeCloseTo(14 / 30, 12);
    expect(smoothRanks([5])).toEqual([0]);
  });
});
