import fc from "fast-check";
import { expect, it } from "vitest";
import type { Graph } from "../../src/kg/types.ts";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { completenessError, explainItem } from "../../src/ranker/explainItem.ts";
import { rank } from "../../src/ranker/rank.ts";
import { removeTriples } from "../../src/ranker/removeTriples.ts";
import { fillMasses, fuse, makeMasses } from "../../src/ranker/score.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import { boundOf, graphOf, historiesOf, relation } from "./support.ts";
import { fitWorld, RELATIONS, worlds } from "./worlds.ts";

const DIRECTED = relation(1, "directed_by");

it("names the shared director, and nothing else, as the reason", () => {
  // Alien (1) and Blade Runner (2) by Scott (4); Jaws (3) by Spielberg (5).
  const graph = graphOf(
    3,
    2,
    [DIRECTED],
    [
      [1, 1, 4],
      [2, 1, 4],
      [3, 1, 5],
    ],
  );
  const model = boundOf(graph, historiesOf([[1]], graph));
  const signals = collectSignals(model, graph, [graph.indexOf("1")]);
  const blade = explainItem(signals, graph.indexOf("2"), 64);
  // One history item: ρ = (.02 + .98·1)/√1 = 1. Mass = ρ · deg(Alien)^−½ · deg(Scott)^−½ · deg(Blade)^−½
  //   = 1 · 1 · 1/√2 · 1; ω_K = .2 → .2/√2 = .141421…
  expect(blade.evidence).toHaveLength(1);
  expect(blade.evidence[0].contribution).toBeCloseTo(0.2 / Math.SQRT2, 12);
  expect(blade.evidence[0].deltaIfRemoved).toBeCloseTo(-0.2 / Math.SQRT2, 12);
  expect(blade.evidence[0].attention).toBe(1);
  expect(
    blade.evidence[0].steps.map(({ from, to, direction, tripleId }) => [from, to, direction, tripleId]),
  ).toEqual([
    ["1", "4", "OUT", "1000"],
    ["4", "2", "IN", "1001"],
  ]);
  expect(blade.score).toBeCloseTo(0.2 / Math.SQRT2, 12);
  expect(explainItem(signals, graph.indexOf("2"), 64).evidence).toEqual(blade.evidence);
  const both = collectSignals(model, graph, [graph.indexOf("1"), graph.indexOf("3")]);
  expect(explainItem(both, graph.indexOf("2"), 64).evidence).not.toEqual(blade.evidence); // a test would see it
  const jaws = explainItem(signals, graph.indexOf("3"), 64);
  expect(jaws).toMatchObject({ evidence: [], score: 0, explainedFraction: 0 });
});

it("counts co-interactions by hand", () => {
  // Users {1, 2} and {1, 3}: K_12 = (1/2) / (2·1)^¼, scaled so that the mean largest entry of a row is 1.
  const graph = graphOf(3, 0, [], []);
  const model = boundOf(
    graph,
    historiesOf(
      [
        [1, 2],
        [1, 3],
      ],
      graph,
    ),
  );
  const { items, values, start, end } = model.sources[0].neighboursOf(graph.indexOf("1"));
  // Every row's largest entry is .5/2^¼, so the scale makes each of them 1.
  expect([...items.subarray(start, end)].map((index) => graph.idOf(index))).toEqual(["2", "3"]);
  expect([...values.subarray(start, end)]).toEqual([1, 1]);
  const signals = collectSignals(model, graph, [graph.indexOf("1")]);
  const two = explainItem(signals, graph.indexOf("2"), 64);
  expect(two.components.map(({ kind, value }) => [kind, value])).toEqual([
    ["BEHAVIOUR", 1], // ω_U 1 · ρ 1 · similarity 1
    ["ITEM", 0.02 * (Math.log(2) / Math.log(3))], // ω_I .02 · log(1 + 1) / log(1 + 2)
    ["KNOWLEDGE", 0],
  ]);
  expect(two.components[1].otherEvidenceCount).toBe(1);
});

it("adds up: bias + contributions + other evidence is the score, for every item of every world", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const model = bindModel(fitWorld(world, graph), graph);
      const history = world.history.map((id) => graph.indexOf(String(id)));
      const signals = collectSignals(model, graph, history, { ordered: world.ordered });
      const masses = makeMasses(signals);
      for (let item = 0; item < graph.size; item++) {
        const scored = explainItem(signals, item, world.limit);
        expect(completenessError(scored)).toBeLessThan(1e-9);
        fillMasses(signals, item, masses);
        if (!history.includes(item)) expect(scored.score).toBeCloseTo(fuse(signals, masses), 9);
        const share = scored.evidence.reduce((sum, { attention }) => sum + attention, 0);
        expect(share).toBeLessThan(1 + 1e-9);
        for (const piece of scored.evidence) {
          const steps = piece.steps;
          expect(steps[0].from).not.toBe(scored.item); // an item is no reason for itself
          expect(steps.at(-1)?.to).toBe(scored.item);
          for (let hop = 1; hop < steps.length; hop++) expect(steps[hop].from).toBe(steps[hop - 1].to);
        }
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

it("moves a score by what was said when a triple is really gone, on either side of its paths", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const before = graphOf(world.items, world.others, RELATIONS, world.triples);
      const fitted = fitWorld(world, before);
      const collect = (graph: Graph) =>
        collectSignals(
          bindModel(fitted, graph),
          graph,
          world.history.map((one) => graph.indexOf(String(one))),
        );
      const signals = collect(before);
      for (let item = 0; item < world.items; item++) {
        const scored = explainItem(signals, item, 1000);
        const walked = scored.evidence.flatMap((piece) =>
          piece.steps.flatMap(({ tripleId }) => tripleId ?? []),
        );
        for (const tripleId of new Set(walked)) {
          const gone = Number(tripleId) - 1000;
          const through = scored.evidence.filter((piece) =>
            piece.steps.some((step) => step.tripleId === tripleId),
          );
          const said = removeTriples(signals, item, new Set([Number(tripleId)]));
          const after = graphOf(
            world.items,
            world.others,
            RELATIONS,
            world.triples.filter((_, index) => index !== gone),
          );
          // Degrees and vectors are the model's own, so nothing else moves.
          const moved = explainItem(collect(after), item, 0).score - scored.score;
          expect(moved).toBeCloseTo(said, 9);
          if (through.length === 1) expect(moved).toBeCloseTo(through[0].deltaIfRemoved, 9);
          const own = scored.ownTriples.findIndex((one) => one.tripleId === tripleId);
          if (own === 0) expect(scored.ownTriples[0].scoreWithout).toBeCloseTo(scored.score + moved, 9);
        }
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

it("sums the paths of each of the item's own triples", () => {
  const graph = graphOf(
    3,
    2,
    [DIRECTED],
    [
      [1, 1, 4],
      [2, 1, 4],
      [3, 1, 4],
      [3, 1, 5],
      [2, 1, 5],
    ],
  );
  const signals = collectSignals(boundOf(graph, historiesOf([[1]], graph)), graph, [0, 1]);
  const scored = explainItem(signals, graph.indexOf("3"), 1);
  const knowledge = scored.components.find(({ kind }) => kind === "KNOWLEDGE");
  const sum = scored.ownTriples.reduce((total, { contribution }) => total + contribution, 0);
  expect(sum).toBeCloseTo(knowledge?.value ?? 0, 12);
  expect(scored.ownTriples.map(({ tripleId }) => tripleId)).toEqual(["1002", "1003"]);
});

it("ranks by score and never offers what the caller refuses", () => {
  const graph = graphOf(
    4,
    1,
    [DIRECTED],
    [
      [1, 1, 5],
      [2, 1, 5],
      [3, 1, 5],
      [4, 1, 5, 0.5],
    ],
  );
  const signals = collectSignals(boundOf(graph, historiesOf([[1]], graph)), graph, [0]);
  const ranked = rank(signals, { accepts: (item) => graph.isItem(item) && item !== 0 && item !== 1 });
  expect(ranked.map(({ item }) => graph.idOf(item))).toEqual(["3", "4"]);
  expect(ranked[1].score).toBeCloseTo(ranked[0].score / 2, 12);
});
