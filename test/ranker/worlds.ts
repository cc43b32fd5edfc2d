import fc from "fast-check";
import type { Graph } from "../../src/kg/types.ts";
import type { Model } from "../../src/ranker/model.ts";
import { makeRandom } from "../../src/ranker/random.ts";
import { type Shape, straight } from "../../src/ranker/shape.ts";
import { historiesOf, modelOf, relation } from "./support.ts";

/** A weight of which a product is still a number of full precision. */
const weight = fc.double({ min: 0, max: 3, noNaN: true }).map((value) => (value < 1e-12 ? 0 : value));

const shapes: fc.Arbitrary<Shape> = fc.record({
  linear: weight,
  saturating: fc.constantFrom(0, 0, 1.5),
  logarithmic: fc.constantFrom(0, 0, 0.8),
  tau: fc.constant(0.4),
  kappa: fc.constant(0.6),
});

export type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Random small worlds: items 1…i, other entities behind them, any triples, any histories, any weights. */
export const worlds = fc
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
          "space:factors": weight.map(straight),
          "space:text": weight.map(straight),
        }),
        otherRelation: shapes,
      }),
      reach: fc.constantFrom(0, 0.7),
      gated: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1000 }),
    }),
  );

/** The model of a world: two sources, a text space with a vector for most items, and maybe gates. */
export function fitWorld(world: World, graph: Graph): Model {
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
/** The relations of a world. */
export const RELATIONS = [
  relation(1, "directed_by"),
  relation(2, "has_genre"),
  relation(3, "sibling_of", true),
];
