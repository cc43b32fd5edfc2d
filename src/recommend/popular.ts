import type { EntityId } from "../kg/types.ts";
import { findStart, packRankCursor, readRankCursor } from "./cursor.ts";
import { makeExplanation } from "./explanation.ts";
import { listFilterKeys, makeFilter } from "./filter.ts";
import { scorePopularity } from "./popularity.ts";
import type { RecommendPorts } from "./ports.ts";
import { assertFirst } from "./recommend.ts";
import type { ItemFilter, RecommendationPage } from "./types.ts";

const LONGEST = 10_000; // items that a popularity list may hold

/**
 * Lists the most popular items: as the model counted them, or counted in Postgres where a window is asked for
 * or the model has seen no interactions.
 */
export async function recommendPopular(
  ports: RecommendPorts,
  request: {
    readonly first: number;
    readonly after?: string | null;
    readonly filter?: ItemFilter | null;
    readonly windowSeconds?: number | null;
  },
): Promise<RecommendationPage> {
  assertFirst(request.first);
  const after = request.after == null ? null : readRankCursor(request.after);
  const window = request.windowSeconds ?? null;
  const entities = await ports.knowledge.findEntitiesByKeys(listFilterKeys(request.filter));
  const counted =
    window !== null || ports.ranker().popular.length === 0
      ? await ports.knowledge.countInteractions(window, LONGEST)
      : null;
  const graph = ports.knowledge.graph();
  const ranker = ports.ranker();
  const counts =
    counted ??
    Array.from(ranker.popular, (item) => ({ itemId: graph.idOf(item), count: ranker.interactionsOf(item) }));
  const passes = makeFilter(graph, request.filter, entities);
  const most = counts.length > 0 ? counts[0].count : 0;
  const ranked = counts
    .map(({ itemId, count }) => ({ item: graph.indexOf(itemId), count }))
    .filter(({ item }) => item >= 0 && graph.isItem(item) && passes(item))
    .map((one) => ({
      ...one,
      scored: scorePopularity(graph.idOf(one.item), {
        count: one.count,
        most,
        weight: ranker.popularityWeight || 1,
      }),
    }))
    .map((one) => ({ ...one, score: one.scored.score }));
  const start = after === null ? 0 : findStart(ranked, after, graph.indexOf(after.item));
  const page = ranked.slice(start, start + request.first);
  const history = new Map<EntityId, never>();
  return {
    edges: page.map(({ scored }, place) => ({
      cursor: packRankCursor({ score: scored.score, item: scored.item }),
      node: {
        item: scored.item,
        rank: start + place + 1,
        score: scored.score,
        source: "POPULAR" as const,
        explanation: makeExplanation(ports, scored, {
          rank: start + place + 1,
          source: "POPULAR",
          threshold: null,
          history,
          graph,
          model: ranker.info,
        }),
      },
    })),
    hasNextPage: start + page.length < ranked.length,
    hasPreviousPage: start > 0,
    model: ranker.info,
    graphRevision: graph.revision,
  };
}
