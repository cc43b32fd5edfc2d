import { describe, expect, it } from "vitest";
import { Adam } from "../../../../src/ranker/evaluate/baselines/factors/Adam.ts";
import { BprLearner } from "../../../../src/ranker/evaluate/baselines/factors/BprLearner.ts";
import { blendRecency } from "../../../../src/ranker/evaluate/baselines/factors/blendRecency.ts";
import { type Factors, makeFactorScorer } from "../../../../src/ranker/evaluate/baselines/factors/Factors.ts";
import { foldIn } from "../../../../src/ranker/evaluate/baselines/factors/foldIn.ts";
import { IalsLearner } from "../../../../src/ranker/evaluate/baselines/factors/IalsLearner.ts";
import { LightGcnLearner } from "../../../../src/ranker/evaluate/baselines/factors/LightGcnLearner.ts";
import { learnByEpochs } from "../../../../src/ranker/evaluate/baselines/factors/learnByEpochs.ts";
import { RidgeSolver } from "../../../../src/ranker/evaluate/baselines/factors/RidgeSolver.ts";
import {
  hasItem,
  makeTripletSampler,
} from "../../../../src/ranker/evaluate/baselines/factors/sampleTriplet.ts";
import { makeSmoothing } from "../../../../src/ranker/evaluate/baselines/factors/smoothGraph.ts";
import type { UserScorer } from "../../../../src/ranker/evaluate/types.ts";
import { readHistory } from "../../../../src/ranker/evaluate/userRows.ts";
import { makeRandom } from "../../../../src/ranker/random.ts";
import { makeMatrix, makeTaste, makeTraining } from "./support.ts";

// u0: Alien, Blade Runner; u1: Alien, Blade Runner, Casablanca; u2: Casablanca
const FILMS = makeMatrix([[0, 1], [0, 1, 2], [2]], 3);

function scoreAll(scorer: UserScorer, user: number, items: readonly number[], count: number): Float64Array {
  const out = new Float64Array(count);
  const history = {
    items: Int32Array.from(items),
    values: new Float32Array(items.length),
    times: new Float64Array(items.length),
  };
  scorer.score(user, history, out);
  return out;
}

describe("sampling of triplets", () => {
  it("draws a user's own item and one that is not, from all that there are", () => {
    const sample = makeTripletSampler(FILMS, makeRandom(1));
    const seen = new Set<string>();
    for (let draw = 0; draw < 400; draw++) {
      const triplet = { user: 0, positive: 0, negative: 0 };
      sample(triplet);
      seen.add(`u${triplet.user} ${triplet.positive}>${triplet.negative}`);
    }
    // u1 has every film, so there is nothing to compare.
    expect([...seen].sort()).toEqual(["u0 0>2", "u0 1>2", "u2 2>0", "u2 2>1"]);
    expect([0, 1, 2].map((item) => hasItem(FILMS, 2, item))).toEqual([false, false, true]);
  });

  it("refuses users who all have everything", () => {
    expect(() => makeTripletSampler(makeMatrix([[0, 1]], 2), makeRandom(1))).toThrow(RangeError);
  });
});

describe("BPR", () => {
  it("takes the step of its gradient", () => {
    const ridge = 0.1;
    const learner = new BprLearner(FILMS, { size: 2, rate: 1e-3, ridge, seed: 3 });
    const [user, positive, negative] = [0, 1, 2];
    const lossOf = ({ user: p, item: q, bias }: Factors): number => {
      const dot = (i: number) => p[0] * q[2 * i] + p[1] * q[2 * i + 1] + bias![i];
      const touched = [p[0], p[1], q[2], q[3], q[4], q[5], bias![1], bias![2]];
      const squares = touched.reduce((sum, value) => sum + value * value, 0);
      return Math.log1p(Math.exp(dot(negative) - dot(positive))) + (ridge / 2) * squares;
    };
    const before = learner.factors();
    learner.step({ user, positive, negative });
    const after = learner.factors();
    const change = 1e-3;
    for (const [side, at] of [
      ["user", 0],
      ["item", 3],
      ["item", 4],
      ["bias", 1],
    ] as const) {
      const moved = (by: number): Factors => {
        const copy = before[side]!.slice();
        copy[at] += by;
        return { ...before, [side]: copy };
      };
      const slope = (lossOf(moved(change)) - lossOf(moved(-change))) / (2 * change);
      expect((after[side]![at] - before[side]![at]) / 1e-3).toBeCloseTo(-slope, 2);
    }
    expect(after.item.slice(0, 2)).toEqual(before.item.slice(0, 2)); // Alien was not drawn
  });
});

describe("Adam", () => {
  it("steps by its rate at first, whatever the size of the gradient", () => {
    // m / (1 − .9) = g and s / (1 − .999) = g², so the first step is rate · g / |g|.
    const parameters = Float32Array.of(1, 1, 1);
    new Adam(parameters, 0.1).step(Float32Array.of(5, -0.01, 0));
    expect(parameters[0]).toBeCloseTo(0.9, 5);
    expect(parameters[1]).toBeCloseTo(1.1, 5);
    expect(parameters[2]).toBe(1);
  });
});

describe("LightGCN", () => {
  it("smooths as worked on paper", () => {
    // One layer, size 2, the first number of every user 1, of every item 0:
    // Alien gets (0 + 1/√(2·2) + 1/√(3·2)) / 2 = (.5 + .40825) / 2 = .45412; users keep 1 / 2.
    const smooth = makeSmoothing(FILMS, 2, 1);
    const from = { user: Float32Array.of(1, 0, 1, 0, 1, 0), item: new Float32Array(6) };
    const to = { user: new Float32Array(6), item: new Float32Array(6) };
    smooth(from, to);
    expect([...to.user]).toEqual([0.5, 0, 0.5, 0, 0.5, 0]);
    expect(to.item[0]).toBeCloseTo(0.45412, 4);
    expect(to.item[1]).toBe(0);
  });

  it("has the gradient that differences of its loss show", () => {
    const learner = new LightGcnLearner(FILMS, {
      ...{ size: 4, layers: 3, rate: 0.01, ridge: 0.2, batch: 3 },
      seed: 5,
    });
    const triplets = [
      { user: 0, positive: 0, negative: 2 },
      { user: 0, positive: 1, negative: 2 },
      { user: 2, positive: 2, negative: 0 },
    ];
    const { gradient } = learner.differentiate(triplets);
    const copy = { user: gradient.user.slice(), item: gradient.item.slice() };
    for (const side of ["user", "item"] as const) {
      copy[side].forEach((slope, at) => {
        const [step, parameters] = [1e-2, learner.parameters[side]];
        const losses = [step, -2 * step].map((by) => {
          parameters[at] += by;
          return learner.differentiate(triplets).loss;
        });
        parameters[at] += step;
        expect(slope).toBeCloseTo((losses[0] - losses[1]) / (2 * step), 4);
      });
    }
  });

  it("lowers its loss on what it learns from", () => {
    const learner = new LightGcnLearner(FILMS, {
      ...{ size: 8, layers: 2, rate: 0.05, ridge: 0, batch: 4 },
      seed: 1,
    });
    const triplets = [
      { user: 0, positive: 0, negative: 2 },
      { user: 2, positive: 2, negative: 1 },
    ];
    const before = learner.differentiate(triplets).loss;
    for (let epoch = 0; epoch < 40; epoch++) learner.learn();
    expect(learner.differentiate(triplets).loss).toBeLessThan(before / 2);
  });
});

describe("iALS", () => {
  it("solves a row as worked on paper", () => {
    // q_0 = (1, 0), q_1 = (1, 2), members {1}, α₀ = ½, λ = ¼: λ' = ¼·(1 + ½·2) = ½.
    // ½·QᵀQ = ½·[[2, 2], [2, 4]] = [[1, 1], [1, 2]]; q_1·q_1ᵀ = [[1, 2], [2, 4]]; A = [[2.5, 3], [3, 6.5]]
    // A·p = (1, 2): det = 16.25 − 9 = 7.25, p = (6.5 − 6, 5 − 3) / 7.25 = (.5, 2) / 7.25
    const options = { size: 2, unseen: 0.5, ridge: 0.25, tolerance: 1e-12 };
    const solver = new RidgeSolver(Float32Array.of(1, 0, 1, 2), options);
    const p = Float32Array.of(9, -9);
    solver.solve(Int32Array.of(1), null, p);
    expect(p[0]).toBeCloseTo(0.5 / 7.25, 5);
    expect(p[1]).toBeCloseTo(2 / 7.25, 5);
    // Weight 3: λ' = ¼·(3 + 1) = 1, A = [[1, 1], [1, 2]] + 3·[[1, 2], [2, 4]] + I = [[5, 7], [7, 15]], A·p = (3, 6):
    // det = 26, p = (45 − 42, 30 − 21) / 26 = (3, 9) / 26
    solver.solve(Int32Array.of(1), Float64Array.of(3), p);
    expect(p[0]).toBeCloseTo(3 / 26, 5);
    expect(p[1]).toBeCloseTo(9 / 26, 5);
  });

  it("lowers its own loss with every sweep", () => {
    const { x } = makeTaste(4);
    const options = { size: 6, unseen: 0.1, ridge: 0.02, seed: 2 };
    const learner = new IalsLearner(x, options);
    const losses = Array.from({ length: 6 }, () => {
      learner.learn();
      return lossOf(learner.factors());
    });
    for (let at = 1; at < losses.length; at++) expect(losses[at]).toBeLessThan(losses[at - 1] + 1e-3);
    expect(losses[5]).toBeLessThan(losses[0]);

    function lossOf({ user, item, size }: Factors): number {
      let loss = 0;
      const shrink = (vectors: Float32Array, row: number, mass: number) => {
        for (let c = 0; c < size; c++) loss += options.ridge * mass * vectors[row * size + c] ** 2;
      };
      for (let u = 0; u < x.users; u++) {
        for (let i = 0; i < x.items; i++) {
          let score = 0;
          for (let c = 0; c < size; c++) score += user[u * size + c] * item[i * size + c];
          loss += options.unseen * score ** 2 + (hasItem(x, u, i) ? (score - 1) ** 2 : 0);
        }
        shrink(user, u, x.rowOffsets[u + 1] - x.rowOffsets[u] + options.unseen * x.items);
      }
      for (let i = 0; i < x.items; i++) {
        shrink(item, i, x.columnOffsets[i + 1] - x.columnOffsets[i] + options.unseen * x.users);
      }
      return loss;
    }
  });

  it("folds a history in that weighs evenly to what it learned of the user", () => {
    const { x } = makeTaste(4);
    const options = { size: 6, unseen: 0.1, ridge: 0.02, seed: 2 };
    const learner = new IalsLearner(x, options);
    for (let sweep = 0; sweep < 5; sweep++) learner.learn();
    const factors = learner.factors();
    const own = [...x.rowItems.subarray(x.rowOffsets[7], x.rowOffsets[8])];
    const folded = scoreAll(foldIn(factors, options, Number.POSITIVE_INFINITY), 7, own, x.items);
    scoreAll(makeFactorScorer(factors, {}), 7, own, x.items).forEach((score, item) => {
      expect(folded[item]).toBeCloseTo(score, 2);
    });
    const recent = scoreAll(foldIn(factors, options, 0.2), 7, own, x.items);
    const newest = own.length - 1;
    expect(recent[own[newest]]).toBeGreaterThan(recent[own[0]]);
  });
});

describe("recency of a learned vector", () => {
  const factors: Factors = {
    size: 2,
    user: Float32Array.of(0, 2),
    item: Float32Array.of(1, 0, 0, 1),
    bias: Float32Array.of(0, 0.5),
  };

  it("is the weighted mean of the newest items, as long as the user's own vector", () => {
    // Half-life 1, oldest first: weights ½ for item 0, 1 for item 1; v = (½, 1)·2/|(½, 1)| = (.8944, 1.7889).
    const [first, second] = scoreAll(blendRecency(factors, { halfLife: 1, blend: 1 }), 0, [0, 1], 2);
    expect(first).toBeCloseTo(0.8944, 4);
    expect(second).toBeCloseTo(1.7889 + 0.5, 4);
  });

  it("leaves the user's own vector alone where nothing is blended in", () => {
    expect([...scoreAll(blendRecency(factors, { halfLife: 1, blend: 0 }), 0, [0, 1], 2)]).toEqual([0, 2.5]);
    expect([...scoreAll(blendRecency(factors, { halfLife: 1, blend: 1 }), 0, [], 2)]).toEqual([0, 0.5]);
  });
});

it("stops when validation gets no better, and gives the best look", () => {
  const training = makeTraining(makeTaste(4));
  const learner = new BprLearner(makeTaste(4).x, { size: 8, rate: 0.1, ridge: 0.01, seed: 1 });
  const { curve, epochs, value, factors } = learnByEpochs(learner, training, {
    every: 2,
    patience: 2,
    most: 60,
  });
  const best = Math.max(...curve.map((point) => point.value));
  expect(value).toBe(best);
  expect(curve.find((point) => point.value === best)?.epoch).toBe(epochs);
  const bestAt = curve.findIndex((point) => point.epoch === epochs);
  expect(curve.length).toBe(Math.min(bestAt + 3, 30));
  const again = new BprLearner(makeTaste(4).x, { size: 8, rate: 0.1, ridge: 0.01, seed: 1 });
  for (let epoch = 0; epoch < epochs; epoch++) again.learn();
  expect(again.factors()).toEqual(factors);
  expect(readHistory(training.valid, 0).items).toHaveLength(1);
});
