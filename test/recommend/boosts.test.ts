import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entity, Graph, Wish } from "../../src/kg/types.ts";
import { createRanker, type Ranker } from "../../src/ranker/createRanker.ts";
import { completenessError } from "../../src/ranker/explainItem.ts";
import type { Model } from "../../src/ranker/model.ts";
import type { HistoryItem, ModelInfo } from "../../src/ranker/types.ts";
import type { RecommendPorts } from "../../src/recommend/ports.ts";
import { recommendFor } from "../../src/recommend/recommend.ts";
import type { Booster, ItemFilter } from "../../src/recommend/types.ts";
import { graphOf } from "../ranker/support.ts";
import { fitWorld, RELATIONS, type World, worlds } from "../ranker/worlds.ts";

const INFO: ModelInfo = {
  ...{ id: "1", digest: "", configDigest: "", config: {}, dataRevision: "1", metrics: {} },
  createdAt: new Date(0),
};

const keys = fc.uniqueArray(
  fc.integer({ min: 1, max: 12 }).map((id) => `e:${id}`),
  { minLength: 1, maxLength: 6 },
);
const filters: fc.Arbitrary<ItemFilter> = fc.oneof(
  keys.map((some) => ({ keys: some })),
  keys.map((some) => ({ not: { keys: some } })),
  fc.tuple(keys, keys).map(([one, other]) => ({ or: [{ keys: one }, { keys: other }] })),
);
const boosters: fc.Arbitrary<Booster[]> = fc.array(
  fc.record({
    name: fc.constantFrom("new", "own brand"),
    filter: filters,
    amount: fc.constantFrom(-2, 0.5, 3),
  }),
  { minLength: 1, maxLength: 3 },
);
const wishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    kind: fc.constant("LESS" as const),
    entity: fc.option(fc.integer({ min: 1, max: 9 }).map(String)),
    relation: fc.option(fc.integer({ min: 1, max: 3 })),
    factor: fc.constantFrom(0, 0.5),
  }),
  { maxLength: 3 },
);

/** Recommending at work on a world, with the wishes of its user. */
function portsOf(
  { world, said }: { readonly world: World; readonly said: readonly Wish[] },
  graph: Graph,
  model: Model,
): RecommendPorts & { readonly bound: Ranker } {
  const bound = createRanker(INFO, model, graph);
  const items = world.history.map(
    (id): HistoryItem => ({
      item: String(id),
      kind: "rating",
      weight: 1,
      at: world.ordered ? new Date(0) : null,
    }),
  );
  const nothing = { pin: { seen: "1:1:", until: 0 }, items: [] };
  return {
    bound,
    ranker: () => bound,
    knowledge: {
      graph: () => graph,
      waitFor: async () => undefined,
      findHistory: async () => ({
        items,
        wishes: said.filter(({ entity, relation }) => entity ?? relation),
        seen: null,
      }),
      findEntitiesByKeys: async (asked) =>
        new Map(asked.map((key) => [key, { id: key.slice(2), key } as Entity])),
      findTriples: async () => new Map(),
      findAttributes: async () => new Map(),
      countInteractions: async () => nothing,
      countTrending: async () => nothing,
      findLikelyUsers: async () => [],
      findScenario: async () => null,
      findTrends: async () => nothing,
    },
  };
}

it("adds up with boosters, filters and damped reasons, and the list is ordered by what is told", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, boosters, fc.tuple(filters, wishes), async (world, boosts, [filter, said]) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const fitted = fitWorld(world, graph);
      const ports = portsOf({ world, said }, graph, fitted);
      const request = { user: "u", first: 100, boosters: boosts, filter };
      const { edges } = await recommendFor(ports, request);
      const plain = await recommendFor(ports, { user: "u", first: 100, filter });
      const before = new Map(plain.edges.map(({ node }) => [node.item, node]));
      let last = Number.POSITIVE_INFINITY;
      for (const { node } of edges) {
        const { explanation, score } = node;
        expect(explanation.score).toBe(score);
        expect(completenessError(explanation)).toBeLessThan(1e-9);
        expect(score).toBeLessThanOrEqual(last + 1e-9);
        last = score;
        const speaking = boosts.filter((booster) => passes(booster.filter, node.item));
        const told = explanation.components.filter(({ kind }) => kind === "BOOST");
        expect(told.map(({ booster, value }) => [booster, value])).toEqual(
          speaking.map(({ name, amount }) => [name, amount]),
        );
        const boost = speaking.reduce((sum, { amount }) => sum + amount, 0);
        const unboosted = before.get(node.item)?.score;
        if (unboosted !== undefined) expect(score).toBeCloseTo(unboosted + boost, 9);
        expect(passes(filter, node.item)).toBe(true);
        expect(explanation.explainedFraction).toBeLessThanOrEqual(1 + 1e-9);
      }
      // Whatever is lifted is there, found by evidence or not.
      for (let id = 1; id <= world.items; id++) {
        const boost = boosts.reduce((sum, one) => sum + (passes(one.filter, String(id)) ? one.amount : 0), 0);
        if (boost <= 0 || world.history.includes(id) || !passes(filter, String(id))) continue;
        expect(edges.map(({ node }) => node.item)).toContain(String(id));
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it("moves a boosted score by what was said when a triple is gone", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, boosters, wishes, async (world, boosts, said) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const fitted = fitWorld(world, graph);
      const request = { user: "u", first: 100, boosters: boosts };
      const list = async (on: Graph) =>
        (await recommendFor(portsOf({ world, said }, on, fitted), request)).edges;
      for (const { node } of (await list(graph)).slice(0, 3)) {
        const [own] = node.explanation.ownTriples;
        if (!own) continue;
        const left = world.triples.filter((_, index) => index !== Number(own.tripleId) - 1000);
        const after = await list(graphOf(world.items, world.others, RELATIONS, left));
        const now = after.find((edge) => edge.node.item === node.item);
        if (now) expect(now.node.score).toBeCloseTo(own.scoreWithout, 9);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it("refuses boosters that are too many, or say nothing", async () => {
  const graph = graphOf(2, 0, [], []);
  const [world] = fc.sample(worlds, 1);
  const ports = portsOf(
    { world: { ...world, history: [] }, said: [] },
    graph,
    fitWorld({ ...world, users: [[1]] }, graph),
  );
  const ask = (some: readonly Booster[]) => recommendFor(ports, { user: "u", first: 1, boosters: some });
  await expect(ask([{ name: "none", filter: {}, amount: 0 }])).rejects.toThrow(/"none" adds 0/);
  await expect(ask([{ name: "huge", filter: {}, amount: 1e9 }])).rejects.toThrow(/"huge" adds 1000000000/);
  const many = Array.from({ length: 21 }, () => ({ name: "n", filter: {}, amount: 1 }));
  await expect(ask(many)).rejects.toThrow(/21 boosters; expected 20/);
});

function passes(filter: ItemFilter, id: string): boolean {
  const key = `e:${id}`;
  return (
    (!filter.keys || filter.keys.includes(key)) &&
    (!filter.not || !passes(filter.not, id)) &&
    (!filter.or || filter.or.some((part) => passes(part, id)))
  );
}
