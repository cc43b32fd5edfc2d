import { describe, expect, it } from "vitest";
import { pairedBootstrap } from "../../../src/ranker/evaluate/pairedBootstrap.ts";
import { makeRandom } from "../../../src/ranker/random.ts";

describe("pairedBootstrap", () => {
  it("has no width where every user gains the same", () => {
    const b = Float64Array.of(0, 0.25, 0.5, 0.75);
    expect(
      pairedBootstrap(
        b.map((value) => value + 0.125),
        b,
      ),
    ).toEqual({ difference: 0.125, low: 0.125, high: 0.125 });
  });

  it("is as wide as the normal approximation says", () => {
    // a − b is 0 or 1 with probability ½: deviation ½, so the 95% half-width over 400 users is 1.96·0.5/20 = 0.049.
    const random = makeRandom(3);
    const a = Float64Array.from({ length: 400 }, () => (random() < 0.5 ? 1 : 0));
    const { difference, low, high } = pairedBootstrap(a, new Float64Array(400), { samples: 4000, seed: 5 });
    expect(difference - low).toBeGreaterThan(0.044);
    expect(difference - low).toBeLessThan(0.054);
    expect(high - difference).toBeGreaterThan(0.044);
    expect(high - difference).toBeLessThan(0.054);
  });

  it("pairs users: the same gain is certain although users differ widely", () => {
    const b = Float64Array.from({ length: 100 }, (_, user) => user);
    const a = b.map((value, user) => value + (user % 2 === 0 ? 0.9 : 1.1));
    const { low, high } = pairedBootstrap(a, b);
    expect(low).toBeGreaterThan(0.97);
    expect(high).toBeLessThan(1.03);
  });

  it("gives the same interval for the same seed and another for another", () => {
    const random = makeRandom(11);
    const a = Float64Array.from({ length: 50 }, random);
    const b = Float64Array.from({ length: 50 }, random);
    expect(pairedBootstrap(a, b, { seed: 4 })).toEqual(pairedBootstrap(a, b, { seed: 4 }));
    expect(pairedBootstrap(a, b, { seed: 4 })).not.toEqual(pairedBootstrap(a, b, { seed: 5 }));
  });

  it("refuses users that do not pair", () => {
    expect(() => pairedBootstrap(new Float64Array(2), new Float64Array(3))).toThrow("2 and 3 users");
  });
});
