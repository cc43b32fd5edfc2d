import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import type { HistoryItem } from "../ranker/types.ts";
import { TOP } from "./counterfactual.ts";
import { FULL_EVIDENCE, makeExplanation } from "./explanation.ts";
import { makeSeeds } from "./history.ts";
import type { RankedItem, RecommendPorts } from "./ports.ts";
import { sourceOf, thresholdOf } from "./recommend.ts";
import type { Explanation } from "./types.ts";
import { findWhyNot } from "./whyNot.ts";

/** Explains the score of each of `items` for a user, whatever its rank; all from one state of the graph. */
export async function explainFor(
  ports: RecommendPorts,
  user: string,
  items: readonly EntityId[],
): Promise<Explanation[]> {
  const history = await ports.knowledge.findHistory(user);
  return explainHistory(ports, history.items, items);
}

function explainHistory(
  ports: RecommendPorts,
  history: readonly HistoryItem[],
  items: readonly EntityId[],
): Explanation[] {
  const graph = ports.knowledge.graph();
  const ranker = ports.ranker();
  const seeds = makeSeeds(graph, history);
  const signals = ranker.collect(seeds.indices, seeds.ordered);
  const ranked = ranker.rank(signals, {
    accepts: (item) => graph.isItem(item) && !seeds.interacted.has(item),
  });
  return items.map((id) => {
    const item = graph.indexOf(id);
    if (item < 0) {
      throw new DomainError("NOT_FOUND", `entity ${id} is not in the snapshot at revision ${graph.revision}`);
    }
    const scored = ranker.explain(signals, item, FULL_EVIDENCE);
    const place = ranked.findIndex((one) => one.item === item);
    const rank = place < 0 ? null : place + 1;
    return makeExplanation(ports, scored, {
      rank,
      source: sourceOf({ personal: scored.evidence.length > 0 }, history.length > 0),
      whyNot: findWhyNot(scored, {
        isItem: graph.isItem(item),
        interacted: seeds.interacted.has(item),
        rank,
        lastScore: lastScoreOf(ranked),
      }),
      threshold: thresholdOf(ranked, rank),
      history: seeds.byId,
      graph,
      model: ranker.info,
    });
  });
}

function lastScoreOf(ranked: readonly RankedItem[]): number | null {
  return ranked.length >= TOP ? ranked[TOP - 1].score : null;
}
