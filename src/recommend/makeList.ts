import type { Graph } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";
import { type Boosts, makeBoosts } from "./boosts.ts";
import { confidenceOf } from "./confidence.ts";
import { type ItemTest, makeFilter } from "./filter.ts";
import { makeSeeds, type Seeds } from "./history.ts";
import type { RankedItem, RankerPort, RecommendPorts } from "./ports.ts";
import type { Material } from "./readMaterial.ts";
import type { Fallback, Recommendation, RecommendationSource } from "./types.ts";
import { listDamped, listExcluded } from "./wishes.ts";

const TRENDS = 100; // items that may fill a list

/** The chain behind what evidence reaches. */
export const FALLBACK: readonly Fallback[] = ["TRENDING", "POPULAR"];

/** An item at its place in a list. */
export interface PlacedItem extends RankedItem {
  /** The step of the fallback chain that gave the place; null where evidence did. */
  readonly fallback: Exclude<RecommendationSource, "PERSONAL" | "SIMILAR"> | null;
}

/** A list of recommendations in full, made from one state of the graph and one model. */
export interface RecommendationList {
  readonly graph: Graph;
  readonly ranker: RankerPort;
  readonly seeds: Seeds;
  readonly placed: readonly PlacedItem[];
  /** What the user never wants. */
  readonly excluded: ReadonlySet<number>;
  readonly passes: ItemTest;
  readonly boosts: Boosts | null;
  /** True where nothing but popularity speaks, so that trends would come first if they were at hand. */
  readonly wantsTrends: boolean;
  score(item: number, limit: number): ScoredItem;
  /** What was told of items of the list already. */
  readonly told: Map<number, Recommendation>;
  confidence(one: RankedItem): number;
}

/** Makes the list that a request asks for; synchronous. */
export function makeList(ports: RecommendPorts, material: Material): RecommendationList {
  const { request, history, interests, session, names, trends } = material;
  const [graph, ranker] = [ports.knowledge.graph(), ports.ranker()];
  const wishes = history?.wishes ?? [];
  const seeds = makeSeeds(
    graph,
    request.start === "SESSION" ? [] : (history?.items ?? []),
    { interests, session, seen: history?.items },
    request.start === "NEWEST" ? (request.newest ?? 1) : null,
  );
  const passes = makeFilter(graph, request.filter, names);
  const excluded = listExcluded(graph, wishes);
  const named = new Set([...interests, ...session].map(({ id }) => graph.indexOf(id)));
  const accepts: ItemTest = (item) =>
    graph.isItem(item) &&
    !named.has(item) &&
    (request.includeInteracted === true || !seeds.interacted.has(item)) &&
    !excluded.has(item) &&
    passes(item);
  const boosts = makeBoosts({ graph, ranker }, request.boosters ?? [], names);
  const rising = (trends?.items ?? [])
    .map(({ itemId }) => graph.indexOf(itemId))
    .filter((item) => item >= 0 && accepts(item))
    .slice(0, TRENDS);
  const signals = ranker.collect(seeds.indices, seeds.ordered, listDamped(graph, wishes));
  const ranked = ranker.rank(signals, {
    ...{ accepts, diversity: request.diversity, boost: boosts?.of },
    also: [...(boosts?.listLifted(accepts) ?? []), ...rising],
  });
  const confidence = (one: RankedItem) => confidenceOf(ranker, one, boosts?.of(one.item) ?? 0);
  const least = request.minConfidence ?? 0;
  const chain = request.fallback ?? FALLBACK;
  const all = place(ranked, { chain, rising, boosts });
  const placed = least === 0 ? all : all.filter((one) => confidence(one) >= least);
  return {
    ...{ graph, ranker, seeds, placed, excluded, passes, boosts, confidence },
    told: new Map(),
    wantsTrends: trends === null && chain.includes("TRENDING") && !ranked.some(({ personal }) => personal),
    score(item, limit) {
      const scored = ranker.explain(signals, item, limit);
      return boosts?.addTo(scored, item) ?? scored;
    },
  };
}

/**
 * Says which step of the chain gives each place. What evidence reaches stands by its score, and what popularity alone
 * lifts above some of it stands among it, as the model learned. Where evidence reaches nothing, lifted items come first,
 * then trends by how telling they are, then the popular ones.
 */
function place(
  ranked: readonly RankedItem[],
  {
    chain,
    rising,
    boosts,
  }: {
    readonly chain: readonly Fallback[];
    readonly rising: readonly number[];
    readonly boosts: Boosts | null;
  },
): PlacedItem[] {
  const fallbackOf = (item: number) => ((boosts?.of(item) ?? 0) > 0 ? "BOOSTED" : "POPULAR");
  const placed = ranked.map(({ item, score, personal }): PlacedItem => {
    return { item, score, personal, fallback: personal ? null : fallbackOf(item) };
  });
  const popular = chain.includes("POPULAR");
  if (rising.length === 0) return popular ? placed : placed.filter(({ fallback }) => fallback !== "POPULAR");
  const order = new Map(rising.map((item, at) => [item, at]));
  const of = (step: PlacedItem["fallback"]) => placed.filter(({ fallback }) => fallback === step);
  const rest = of("POPULAR");
  const trending = rest
    .filter(({ item }) => order.has(item))
    .sort((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0))
    .map((one): PlacedItem => ({ ...one, fallback: "TRENDING" }));
  const others = popular ? rest.filter(({ item }) => !order.has(item)) : [];
  const steps = chain[0] === "POPULAR" ? [...others, ...trending] : [...trending, ...others];
  return [...of(null), ...of("BOOSTED"), ...steps];
}
