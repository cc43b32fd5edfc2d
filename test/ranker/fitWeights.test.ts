import { expect, it } from "vitest";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { makeRandom } from "../../src/ranker/random.ts";
import { rank } from "../../src/ranker/rank.ts";
import { slopeAtZero } from "../../src/ranker/shape.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import { fitModel } from "../../src/ranker/train/fitModel.ts";
import { fitWeights, type WeightCase } from "../../src/ranker/train/fitWeights.ts";
import { holdOutOne } from "../../src/ranker/train/holdOut.ts";
import { packModel, unpackModel } from "../../src/ranker/weights.ts";
import { graphOf, historiesOf, modelOf, relation } from "./support.ts";

/** Cases whose held-out item was drawn by softmax of 2·x₀ + 0·x₁, among 20 rows of uniform features. */
function drawCases(count: number, seed: number): WeightCase[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const rows = Array.from({ length: 20 }, () => [3 * random(), 3 * random()]);
    const powers = rows.map(([x]) => Math.exp(2 * x));
    let left = random() * powers.reduce((sum, power) => sum + power, 0);
    const drawn = powers.findIndex((power) => {
      left -= power;
      return left < 0;
    });
    const ordered = [rows[drawn], ...rows.filter((_, place) => place !== drawn)];
    return {
      offsets: Int32Array.from({ length: 21 }, (_, row) => 2 * row),
      column: Uint16Array.from({ length: 40 }, (_, at) => at % 2),
      value: Float64Array.from(ordered.flat()),
      targets: 1,
    };
  });
}

it("finds the weights that drew the held-out items, and keeps a useless column near 0", () => {
  const [useful, useless] = fitWeights(drawCases(2000, 7), 2);
  expect(useful).toBeGreaterThan(1.8);
  expect(useful).toBeLessThan(2.2);
  expect(useless).toBeGreaterThanOrEqual(0);
  expect(useless).toBeLessThan(0.1);
});

it("holds the newest interaction out where times are known, and gives short histories no question", () => {
  const graph = graphOf(5, 0, [], []);
  const { train, valid } = holdOutOne(
    historiesOf(
      [
        [1, 2, 3],
        [4, 5],
      ],
      graph,
    ),
    1,
  );
  expect([...train.offsets]).toEqual([0, 2, 4]);
  expect([...train.item]).toEqual([0, 1, 3, 4]);
  expect([...valid.offsets]).toEqual([0, 1, 1]);
  expect([...valid.item]).toEqual([2]);
});

/** Two directors with 15 films each; 40 users who see films of one director only, in a seeded order. */
function twoCamps() {
  const films = 30;
  const graph = graphOf(
    films,
    2,
    [relation(1, "directed_by"), relation(2, "noise")],
    Array.from({ length: films }, (_, film) => [film + 1, 1, film < 15 ? 31 : 32] as const),
  );
  const random = makeRandom(3);
  const users = Array.from({ length: 40 }, (_, user) => {
    const films = Array.from({ length: 15 }, (_, film) => (user % 2) * 15 + film + 1);
    return films.sort(() => random() - 0.5).slice(0, 6);
  });
  return { graph, histories: historiesOf(users, graph) };
}

it("learns that the director matters where users follow directors, and ranks their films first", async () => {
  const { graph, histories } = twoCamps();
  const { model, metrics } = await fitModel({
    graph,
    ...holdOutOne(histories, 1),
    all: histories,
    seed: 1,
  });
  expect(metrics.validUsers).toBe(40);
  const { shapes, otherRelation } = model.weights;
  expect(slopeAtZero(shapes["relation:directed_by"])).toBeGreaterThan(0);
  // No triple of "noise" was there to learn from: it weighs as much as the mean of those that were.
  expect(shapes["relation:noise"]).toBeUndefined();
  expect(otherRelation.linear).toBeCloseTo(slopeAtZero(shapes["relation:directed_by"]), 9);
  const seen = [0, 1, 2];
  const signals = collectSignals(bindModel(model, graph), graph, seen);
  const ranked = rank(signals, { accepts: (item) => graph.isItem(item) && !seen.includes(item) });
  // 12 films of the same director are left; all of them come before the other director's.
  expect(ranked.slice(0, 12).every(({ item }) => item < 15)).toBe(true);
});

it("gives the same model for the same seed", async () => {
  const { graph, histories } = twoCamps();
  const train = () => fitModel({ graph, ...holdOutOne(histories, 5), all: histories, seed: 5 });
  expect(packModel((await train()).model).equals(packModel((await train()).model))).toBe(true);
});

it("stores eight bits per number where it is asked to: smaller, and off by half a step at most", () => {
  const { graph, histories } = twoCamps();
  const exact = modelOf(graph, histories);
  const small = { ...exact, config: { ...exact.config, bits: 8 as const } };
  const restored = unpackModel(packModel(small));
  const [before, after] = [exact.sources[0].similarity, restored.sources[0].similarity];
  const most = before.reduce((largest, value) => Math.max(largest, value), 0);
  for (let at = 0; at < before.length; at++) {
    expect(Math.abs(before[at] - after[at])).toBeLessThanOrEqual(most / 127 / 2 + 1e-7);
  }
  expect(before).not.toEqual(after);
  // 4 bytes fewer 1 per similarity, and 4 more per row.
  const saved = before.length * 3 - exact.statistics.ids.length * 4;
  const gained = packModel(exact).length - packModel(small).length;
  expect(Math.abs(gained - saved)).toBeLessThan(200); // the header's names, and padding
});

it("packs and unpacks a model, and refuses what is cut, foreign or not finite", () => {
  const { graph, histories } = twoCamps();
  const model = modelOf(graph, histories);
  const bytes = packModel(model);
  expect(unpackModel(bytes)).toEqual(model);
  expect(() => unpackModel(bytes.subarray(0, bytes.length - 100))).toThrow(
    /not a usable model: it ends at byte \d+/,
  );
  expect(() => unpackModel(Buffer.from("PK\u0003\u0004 something else"))).toThrow(/it starts with "PK/);
  expect(() => unpackModel(Buffer.alloc(0))).toThrow(/not a usable model/);
  const similarity = model.sources[0].similarity.slice();
  similarity[3] = Number.NaN;
  const broken = packModel({ ...model, sources: [{ ...model.sources[0], similarity }] });
  expect(() => unpackModel(broken)).toThrow("its similarity.0 3 is NaN, expected a finite number");
  const weightless = packModel({ ...model, weights: { ...model.weights, bias: Number.NaN } });
  expect(() => unpackModel(weightless)).toThrow("its weight bias is null, expected a finite number");
  const neighbour = model.sources[0].neighbour.slice().fill(99);
  const astray = packModel({ ...model, sources: [{ ...model.sources[0], neighbour }] });
  expect(() => unpackModel(astray)).toThrow("its neighbour.0 0 is 99, expected below 32");
});
