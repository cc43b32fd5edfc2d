import fc from "fast-check";
import { expect, it } from "vitest";
import type { Graph } from "../../src/kg/types.ts";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { completenessError, explainItem } from "../../src/ranker/explainItem.ts";
import type { Model } from "../../src/ranker/model.ts";
import { makeRandom } from "../../src/ranker/random.ts";
import { rank } from "../../src/ranker/rank.ts";
import { removeTriples } from "../../src/ranker/removeTriples.ts";
import { fillMasses, fuse, makeMasses, spreadBehaviour } from "../../src/ranker/score.ts";
import { type Shape, straight } from "../../src/ranker/shape.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import { boundOf, graphOf, historiesOf, modelOf, relation } from "./support.ts";

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

const shapes: fc.Arbitrary<Shape> = fc.record({
  linear: fc.double({ min: 0, max: 3, noNaN: true }),
  saturating: fc.constantFrom(0, 0, 1.5),
  logarithmic: fc.constantFrom(0, 0, 0.8),
  tau: fc.constant(0.4),
  kappa: fc.constant(0.6),
});

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Random small worlds: items 1…i, other entities behind them, any triples, any histories, any weights. */
const worlds = fc
  .record({ items: fc.integer({ min: 2, max: 12 }), others: fc.integer({ min: 1, max: 8 }) })
  .chain(({ items, others }) =>
    fc.record({
      items: fc.constant(items),
      others: fc.constant(others),
      triples: fc.uniqueArray(
        fc.tuple(
          fc.integer({ min: 1, max: items + others }),
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: items + others }),
          fc.float({ min: Math.fround(0.1), max: 1, noNaN: true }),
        ),
        { maxLength: 60, selector: ([head, by, tail]) => `${head} ${by} ${tail}` },
      ),
      users: fc.array(fc.uniqueArray(fc.integer({ min: 1, max: items }), { minLength: 1 }), {
        minLength: 1,
        maxLength: 8,
      }),
      history: fc.uniqueArray(fc.integer({ min: 1, max: items + others }), { minLength: 0, maxLength: 10 }),
      limit: fc.integer({ min: 0, max: 20 }),
      ordered: fc.boolean(),
      weights: fc.record({
        bias: fc.double({ min: -1, max: 1, noNaN: true }),
        shapes: fc.record({
          "behaviour:co-interaction": shapes,
          "behaviour:next": shapes,
          popularity: shapes,
          direct: shapes,
          interest: shapes,
          "relation:directed_by": shapes,
          "space:factors": fc.double({ min: 0, max: 3, noNaN: true }).map(straight),
          "space:text": fc.double({ min: 0, max: 3, noNaN: true }).map(straight),
        }),
        otherRelation: shapes,
      }),
      reach: fc.constantFrom(0, 0.7),
      gated: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1000 }),
    }),
  );

/** The model of a world: two sources, a text space with a vector for most items, and maybe gates. */
function fitWorld(world: World, graph: Graph): Model {
  const random = makeRandom(world.seed);
  const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * random() - 1);
  const model = modelOf(graph, historiesOf(world.users, graph), {
    weights: world.weights,
    config: {
      reach: world.reach,
      sources: [
        { name: "co-interaction", kernels: [{ kind: "cosine", share: 1 }] },
        { name: "next", kernels: [{ kind: "next", share: 1 }], halfLife: 1 },
      ],
    },
  });
  const entities = model.statistics.ids.length;
  const vectors = draw(entities * 2);
  vectors.fill(0, 0, Math.min(2, vectors.length)); // the first entity has no text
  const origin = {
    ...{ encoder: "test", sourceDim: 2 },
    ...{ mean: new Float32Array(2), projection: Float32Array.of(1, 0, 0, 1) },
  };
  return {
    ...model,
    spaces: [
      {
        name: "factors",
        kind: "BEHAVIOUR",
        dim: 3,
        halfLife: 2,
        origin: null,
        from: draw(entities * 3),
        to: draw(entities * 3),
      },
      { name: "text", kind: "TEXT", dim: 2, halfLife: 10, origin, from: vectors, to: vectors },
    ],
    gates: !world.gated
      ? null
      : {
          dim: 3,
          embedding: draw(entities * 3),
          query: Object.fromEntries(GATED.map((name) => [name, [...draw(3)].map((value) => value * 4)])),
          offset: { direct: -0.5 },
        },
  };
}

const GATED = [
  "behaviour:co-interaction",
  "direct",
  "relation:directed_by",
  "relation:has_genre",
  "space:text",
];
const RELATIONS = [DIRECTED, relation(2, "has_genre"), relation(3, "sibling_of", true)];

it("adds up: bias + contributions + other evidence is the score, for every item of every world", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const model = bindModel(fitWorld(world, graph), graph);
      const history = world.history.map((id) => graph.indexOf(String(id)));
      const signals = collectSignals(model, graph, history, world.ordered);
      const spreads = spreadBehaviour(signals);
      const masses = makeMasses(signals);
      for (let item = 0; item < graph.size; item++) {
        const scored = explainItem(signals, item, world.limit);
        expect(completenessError(scored)).toBeLessThan(1e-9);
        fillMasses(signals, spreads, item, masses);
        if (!history.includes(item)) expect(scored.score).toBeCloseTo(fuse(signals, masses), 9);
        const share = scored.evidence.reduce((sum, { attention }) => sum + attention, 0);
        expect(share).toBeLessThan(1 + 1e-9);
        for (const { steps } of scored.evidence) {
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
        const walked = scored.evidence.flatMap(({ steps }) =>
          steps.flatMap(({ tripleId }) => tripleId ?? []),
        );
        for (const tripleId of new Set(walked)) {
          const gone = Number(tripleId) - 1000;
          const through = scored.evidence.filter(({ steps }) =>
            steps.some((step) => step.tripleId === tripleId),
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
