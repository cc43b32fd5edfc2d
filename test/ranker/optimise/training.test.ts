import { describe, expect, it } from "vitest";
import { EarlyStopping } from "../../../src/ranker/optimise/EarlyStopping.ts";
import { makeSchedule } from "../../../src/ranker/optimise/makeSchedule.ts";
import { shuffle } from "../../../src/ranker/optimise/shuffle.ts";
import { Random } from "../../../src/ranker/random.ts";

describe("makeSchedule", () => {
  it("warms up in a straight line, then falls along half a cosine to the floor", () => {
    const rate = makeSchedule({ rate: 0.4, warmUp: 2, total: 7, decay: "cosine", floor: 0.5 });
    // Warm-up .4·1/2, .4·2/2; then shares 0, ¼, ½, ¾, 1 of the cosine: .4·(.5 + .5·(1 + cos πx)/2)
    const half = 0.4 * (0.5 + 0.25); // cos ½π = 0
    const expected = [0.2, 0.4, 0.4, 0.4 * (0.5 + (0.5 * (1 + Math.SQRT1_2)) / 2), half];
    expected.forEach((value, step) => {
      expect(rate(step)).toBeCloseTo(value, 10);
    });
    expect(rate(6)).toBeCloseTo(0.2, 10);
    expect(rate(100)).toBeCloseTo(0.2, 10);
  });

  it("stays where it is constant, from the first step on where nothing warms up", () => {
    const rate = makeSchedule({ rate: 0.1, warmUp: 0, total: 3, decay: "constant" });
    expect([rate(0), rate(2), rate(9)]).toEqual([0.1, 0.1, 0.1]);
  });
});

describe("shuffle", () => {
  it("gives the same order for the same seed, and every order about as often", () => {
    const draw = (seed: number) => shuffle(Int32Array.of(0, 1, 2, 3, 4), new Random(seed)).join("");
    expect(draw(3)).toBe(draw(3));
    const random = new Random(1);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6_000; round++) {
      const order = shuffle(Int32Array.of(0, 1, 2), random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // 6 orders, 1,000 each; the standard deviation is √(6000·1/6·5/6) = 29
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(5 * 29);
  });
});

describe("Random", () => {
  it("goes on from a state that was kept", () => {
    const random = new Random(5);
    random.next();
    const { state } = random;
    const row = [random.next(), random.next(), random.below(100)];
    const again = new Random(0);
    again.state = state;
    expect([again.next(), again.next(), again.below(100)]).toEqual(row);
  });
});

describe("EarlyStopping", () => {
  const observeAll = (stopping: EarlyStopping, parameters: Float32Array, metrics: readonly number[]) =>
    metrics.map((metric, epoch) => {
      parameters.fill(epoch);
      return stopping.observe(epoch, metric);
    });

  it("stops after `patience` epochs without a rise, and puts the best epoch's parameters back", () => {
    const parameters = new Float32Array(2);
    const stopping = new EarlyStopping([parameters], 2);
    // Best at epoch 1; the tie of epoch 2 is no rise.
    expect(observeAll(stopping, parameters, [0.1, 0.3, 0.3, 0.2])).toEqual([false, false, false, true]);
    stopping.restore();
    expect([...parameters]).toEqual([1, 1]);
    expect(stopping.state).toEqual({ best: 0.3, bestEpoch: 1, waited: 2 });
  });

  it("never takes a metric that is not a number for the best", () => {
    const parameters = new Float32Array(1);
    const stopping = new EarlyStopping([parameters], 2);
    expect(observeAll(stopping, parameters, [Number.NaN, Number.NaN])).toEqual([false, true]);
    expect(stopping.state).toEqual({ best: null, bestEpoch: -1, waited: 2 });
  });

  it("goes on from its state, through JSON", () => {
    const parameters = new Float32Array(1);
    const before = new EarlyStopping([parameters], 3);
    before.observe(0, 0.5);
    before.observe(1, 0.4);
    const after = new EarlyStopping([parameters], 3);
    after.state = JSON.parse(JSON.stringify(before.state));
    expect([after.observe(2, 0.5), after.observe(3, 0.1)]).toEqual([false, true]);
    expect(after.bestEpoch).toBe(0);
  });
});
