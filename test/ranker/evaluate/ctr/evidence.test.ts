import { describe, expect, it } from "vitest";
import { type Chain, makeChains, makeStart, Walk } from "../../../../src/ranker/evaluate/ctr/chains.ts";
import { explainRow } from "../../../../src/ranker/evaluate/ctr/explainRow.ts";
import { fitAdditive, measureSplit } from "../../../../src/ranker/evaluate/ctr/fitAdditive.ts";
import { scoreMasses } from "../../../../src/ranker/evaluate/ctr/fitShapes.ts";
import { listPaths } from "../../../../src/ranker/evaluate/ctr/listPaths.ts";
import { stepBack, stepOn, stepTo } from "../../../../src/ranker/evaluate/ctr/Step.ts";
import { splitRows } from "../../../../src/ranker/evaluate/ctr/splitRows.ts";
import { WHYGRAPH } from "../../../../src/ranker/evaluate/ctr/variants.ts";
import { makeGraphSteps, makeWorld } from "../../../../src/ranker/evaluate/ctr/World.ts";
import { makeCtrData, makeFans } from "./support.ts";

// Alien 0, Blade Runner 1, Heat 2, Thief 3; Ridley Scott 4 directed 0 and 1, Michael Mann 5 directed 2 and 3.
// Ada (0) likes 0 and 1, Ben (1) likes 1 and 2.
const FILMS = makeCtrData(
  [
    [0, 0, 1],
    [0, 1, 1],
    [1, 1, 1],
    [1, 2, 1],
    [0, 3, 0],
  ],
  [
    [0, 0, 4],
    [1, 0, 4],
    [2, 0, 5],
    [3, 0, 5],
  ],
  { users: 2, items: 4 },
);
const ROWS = Int32Array.of(0, 1, 2, 3, 4);
const WORLD = makeWorld(FILMS, ROWS, makeGraphSteps(FILMS));
const chainOf = (name: string): Chain => makeChains(WORLD).find((chain) => chain.name === name) as Chain;

describe("a step", () => {
  it("through users spreads mass over the fans of an item and over what they like, and never returns", () => {
    // Alien's only fan is Ada, who likes two films: 1/1 · 1/2 for Blade Runner; the half for Alien is not kept.
    expect([...stepOn(WORLD.behaviour, Float64Array.of(1, 0, 0, 0))]).toEqual([0, 0.5, 0, 0]);
    // Blade Runner has two fans: ½ · ½ each for Alien and Heat.
    expect([...stepOn(WORLD.behaviour, Float64Array.of(0, 1, 0, 0))]).toEqual([0.25, 0, 0.25, 0]);
  });

  it("through a fact weighs 1/log(1 + items) and shares what an item has in common with others", () => {
    // The director gives w = 1/log 3 = .9102 to the one other film: leave 1/(1 + w), so w/(1 + w) = .4765.
    const w = 1 / Math.log(3);
    const masses = stepOn(WORLD.graph.all, Float64Array.of(1, 0, 0, 0));
    expect(masses[1]).toBeCloseTo(w / (1 + w), 12);
    expect([masses[0], masses[2], masses[3]]).toEqual([0, 0, 0]);
  });

  it("to one item gives what the step to all gives", () => {
    const mass = Float64Array.of(0.5, 0.25, 0.1, 0.15);
    const all = stepOn(WORLD.behaviour, mass);
    for (let item = 0; item < 4; item++)
      expect(stepTo(WORLD.behaviour, mass, item)).toBeCloseTo(all[item], 12);
  });

  it("back is its adjoint: mass·back(worth) = on(mass)·worth", () => {
    const dot = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, value, at) => sum + value * b[at], 0);
    const [mass, worth] = [Float64Array.of(0.5, 0.2, 0, 0.3), Float64Array.of(1, 2, 4, 8)];
    for (const step of [WORLD.behaviour, WORLD.graph.all]) {
      expect(dot(mass, stepBack(step, worth))).toBeCloseTo(dot(stepOn(step, mass), worth), 12);
    }
  });
});

describe("the paths of a chain", () => {
  it("name the liked film, the user or fact on the way, and the film that they lead to", () => {
    // Ada to Heat: ½ of her history is Blade Runner, ½ of that goes to Ben, ½ of that to Heat = ⅛.
    const ask = { history: [0, 1], item: 2 };
    expect(listPaths(chainOf("users"), ask, 10)).toEqual([{ items: [1, 2], middles: [1], mass: 0.125 }]);
  });

  it("reach through users and then a fact what nobody has liked", () => {
    const w = 1 / Math.log(3);
    const [path] = listPaths(chainOf("users, facts"), { history: [0, 1], item: 3 }, 10);
    expect(path.items).toEqual([1, 2, 3]);
    expect(path.mass).toBeCloseTo((0.125 * w) / (1 + w), 12);
  });

  it("add up to the mass of the chain, and the few are the heaviest of the many", () => {
    const data = makeFans(20, 3);
    const rows = data.rows.user.map((_, row) => row);
    const world = makeWorld(data, rows, makeGraphSteps(data));
    const history = world.history[0];
    for (const chain of makeChains(world)) {
      const ask = { history, item: 17 };
      const all = listPaths(chain, ask, Number.POSITIVE_INFINITY);
      const mass = new Walk(makeStart(history, data.items)).measure(chain, 17);
      expect(all.reduce((sum, path) => sum + path.mass, 0)).toBeCloseTo(mass, 12);
      const few = listPaths(chain, ask, 5).map((path) => path.mass);
      expect(few).toEqual(all.slice(0, 5).map((path) => path.mass));
    }
  });
});

describe("the score of a row", () => {
  const data = makeFans(25, 5);
  const split = splitRows(data.rows.label.length, 1);
  const labelsOf = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => data.rows.label[row]);
  const graph = makeGraphSteps(data);
  const masses = measureSplit(data, split, { graph, folds: 5, seed: 1 });
  const labels = { train: labelsOf(split.train), valid: labelsOf(split.valid) };
  const { model } = fitAdditive(masses, labels, WHYGRAPH);
  const world = makeWorld(data, split.train, graph);
  const explain = (row: number, most: number) =>
    explainRow(model, world, { user: data.rows.user[row], item: data.rows.item[row], most });

  it("is the bias and the sum of its evidence, to 1e-9", () => {
    const logits = scoreMasses(model, masses.test);
    for (let at = 0; at < split.test.length; at += 7) {
      const { logit, bias, parts } = explain(split.test[at], 3);
      const evidence = parts.flatMap((part) => [
        ...part.evidence.map((path) => path.contribution),
        part.other,
      ]);
      expect(evidence.reduce((sum, share) => sum + share, bias)).toBeCloseTo(logits[at], 9);
      expect(logit).toBeCloseTo(logits[at], 9);
    }
  });

  it("leaves nothing over in a group of paths when all of them are listed", () => {
    const { parts } = explain(split.test[0], Number.POSITIVE_INFINITY);
    const groups = parts.filter(({ group, contribution }) => group.includes("users") && contribution > 0);
    expect(groups.length).toBeGreaterThan(0);
    for (const { other } of groups) expect(other).toBeCloseTo(0, 9);
  });

  it("never rises when a path is taken away, and falls by f(z) − f(z − x)", () => {
    const { parts } = explain(split.test[0], 3);
    for (const { group, evidence, contribution, mass } of parts) {
      const { linear, saturating, logarithmic, tau, kappa } = model.shapes[model.groups.indexOf(group)];
      const f = (z: number): number =>
        linear * z + saturating * (1 - Math.exp(-z / tau)) + logarithmic * Math.log(1 + z / kappa);
      for (const path of evidence) {
        expect(path.deltaIfRemoved).toBeLessThanOrEqual(0);
        expect(path.deltaIfRemoved).toBeCloseTo(f(mass - path.mass) - contribution, 9);
        // Concave: what a path is credited with is at least what its removal costs.
        expect(path.contribution).toBeGreaterThanOrEqual(-path.deltaIfRemoved - 1e-12);
      }
    }
  });
});
