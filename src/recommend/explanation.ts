import type { EntityId, Graph } from "../kg/types.ts";
import type { HistoryItem, ScoredItem } from "../ranker/types.ts";
import { findCounterfactual } from "./counterfactual.ts";
import type { RecommendPorts } from "./ports.ts";
import type { Explanation, RecommendationSource, WhyNot } from "./types.ts";

/** Evidence kept per item: of a list, and of an explanation of its own. */
export const LIST_EVIDENCE = 64;
export const FULL_EVIDENCE = 500;
/** The longest page. */
export const PAGE_LIMIT = 100;

/** Joins a scored item with what surrounds it. `threshold` is the score at which it would leave the top ten. */
export function makeExplanation(
  ports: RecommendPorts,
  scored: ScoredItem,
  around: {
    readonly rank: number | null;
    readonly source: RecommendationSource;
    readonly whyNot?: WhyNot | null;
    readonly threshold: number | null;
    readonly history: ReadonlyMap<EntityId, HistoryItem>;
    readonly graph: Graph;
    readonly model: Explanation["model"];
  },
): Explanation {
  return {
    ...scored,
    rank: around.rank,
    source: around.source,
    whyNot: around.whyNot ?? null,
    model: around.model,
    graphRevision: around.graph.revision,
    history: around.history,
    async counterfactual() {
      const ids = findCounterfactual(scored, around.threshold);
      if (ids.length === 0) return [];
      const triples = await ports.knowledge.findTriples(ids);
      return ids.flatMap((id) => triples.get(id) ?? []);
    },
  };
}
