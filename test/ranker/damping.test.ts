import fc from "fast-check";
import { expect, it } from "vitest";
import type { Graph } from "../../src/kg/types.ts";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { makeDamping } from "../../src/ranker/damping.ts";
import { completenessError, explainItem } from "../../src/ranker/explainItem.ts";
import type { Model } from "../../src/ranker/model.ts";
import { removeTriples } from "../../src/ranker/removeTriples.ts";
import { fillMasses, fuse, makeMasses } from "../../src/ranker/score.ts";
import { slopeAtZero, straight } from "../../src/ranker/shape.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import type { DampedReason, Evidence } from "../../src/ranker/types.ts";
import { boundOf, graphOf, historiesOf, relation } from "./support.ts";
import { fitWorld, RELATIONS, worlds } from "./worlds.ts";

const wishes: fc.Arbitrary<DampedReason[]> = fc.array(
  fc.record({
    entity: fc.integer({ min: -1, max: 8 }),
    relation: fc.integer({ min: -1, max: 2 }),
    factor: fc.constantFrom(0, 0.25, 0.5),
  }),
  { minLength: 1, maxLength: 4 },
);

const keyOf = (evidence: Evidence) =>
  JSON.stringify([
    evidence.component,
    evidence.vectors,
    evidence.steps.map((step) => [step.from, step.to, step.tripleId, step.direction]),
  ]);

it("takes half of the mass of what meets at an entity, and says so", () => {
  // Alien (1) and Blade Runner (2) by Scott (3) and of a genre (4).
  const graph = graphOf(
    2,
    2,
    [relation(1, "directed_by"), relation(2, "has_genre")],
    [
      [1, 1, 3],
      [2, 1, 3],
      [1, 2, 4],
      [2, 2, 4],
    ],
  );
  const model = boundOf(graph, historiesOf([[1]], graph));
  const [alien, blade, scott] = ["1", "2", "3"].map((id) => graph.indexOf(id));
  const damping = makeDamping([{ entity: scott, relation: -1, factor: 0.5 }]);
  const plain = explainItem(collectSignals(model, graph, [alien]), blade, 10);
  const damped = explainItem(collectSignals(model, graph, [alien], { damping }), blade, 10);
  // Each path: ρ 1 · deg(Alien)^−½ · deg(e)^−½ · deg(Blade)^−½ = 1/√2 · 1/√2 · 1/√2, times ω_K = .2
  const one = 0.2 / Math.sqrt(8);
  expect(plain.score).toBeCloseTo(2 * one, 12);
  expect(damped.score).toBeCloseTo(1.5 * one, 12);
  expect(damped.evidence.map((piece) => [piece.steps[0].to, piece.contribution, piece.damping])).toEqual([
    ["4", expect.closeTo(one, 12), 1],
    ["3", expect.closeTo(one / 2, 12), 0.5],
  ]);
});

it("keeps a score the sum of its parts, and a deletion's effect what was said, whatever is damped", () => {
  fc.assert(
    fc.property(worlds, wishes, (world, reasons) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const fitted = fitWorld(world, graph);
      const collect = (on: Graph) =>
        collectSignals(bindModel(fitted, on), on, historyIn(world.history, on), {
          ...{ ordered: world.ordered, damping: makeDamping(reasons) },
        });
      const signals = collect(graph);
      const masses = makeMasses(signals);
      for (let item = 0; item < world.items; item++) {
        const scored = explainItem(signals, item, world.limit);
        expect(completenessError(scored)).toBeLessThan(1e-9);
        fillMasses(signals, item, masses);
        if (!world.history.includes(item + 1)) expect(scored.score).toBeCloseTo(fuse(signals, masses), 9);
        const [strongest] = scored.evidence.flatMap((piece) =>
          piece.steps.flatMap(({ tripleId }) => tripleId ?? []),
        );
        if (strongest === undefined) continue;
        const gone = Number(strongest) - 1000;
        const after = collect(
          graphOf(
            world.items,
            world.others,
            RELATIONS,
            world.triples.filter((_, index) => index !== gone),
          ),
        );
        const moved = explainItem(after, item, 0).score - scored.score;
        expect(moved).toBeCloseTo(removeTriples(signals, item, new Set([Number(strongest)])), 9);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

it("leaves of each path exactly the share that it names, where weights are straight", () => {
  fc.assert(
    fc.property(worlds, wishes, (world, reasons) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      // Which items are passed behind a co-interaction depends on what is left of their strength, so none are.
      const fitted = straighten(fitWorld(world, graph));
      const model = bindModel({ ...fitted, config: { ...fitted.config, reach: 0 } }, graph);
      const history = historyIn(world.history, graph);
      const plain = collectSignals(model, graph, history, { ordered: world.ordered });
      const damped = collectSignals(model, graph, history, {
        ...{ ordered: world.ordered, damping: makeDamping(reasons) },
      });
      for (let item = 0; item < world.items; item++) {
        const before = new Map(explainItem(plain, item, 1000).evidence.map((one) => [keyOf(one), one]));
        for (const one of explainItem(damped, item, 1000).evidence) {
          const whole = before.get(keyOf(one));
          expect(whole?.damping).toBe(1);
          expect(one.contribution).toBeCloseTo(one.damping * (whole?.contribution ?? Number.NaN), 9);
          before.delete(keyOf(one));
        }
        // What is not told any more was damped to nothing.
        for (const { contribution } of before.values()) {
          if (!reasons.some(({ factor }) => factor === 0)) expect(contribution).toBeCloseTo(0, 9);
        }
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

function historyIn(ids: readonly number[], graph: Graph): number[] {
  return ids.map((id) => graph.indexOf(String(id)));
}

function straighten(model: Model): Model {
  const { shapes, otherRelation, ...weights } = model.weights;
  const lines = Object.entries(shapes).map(([name, shape]) => [name, straight(slopeAtZero(shape))]);
  return {
    ...model,
    weights: {
      ...weights,
      shapes: Object.fromEntries(lines),
      otherRelation: straight(slopeAtZero(otherRelation)),
    },
  };
}
