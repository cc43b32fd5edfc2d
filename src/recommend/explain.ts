import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import { assertRequest } from "./checkRequest.ts";
import { TOP } from "./counterfactual.ts";
import { FULL_EVIDENCE, makeExplanation } from "./explanation.ts";
import type { RecommendationList } from "./makeList.ts";
import type { RankedItem, RecommendPorts } from "./ports.ts";
import { readMaterial } from "./readMaterial.ts";
import { makeWholeList, sourceOf, thresholdOf } from "./recommend.ts";
import { joinScenario } from "./scenario.ts";
import { timed } from "./timed.ts";
import type { Explanation, RecommendRequest } from "./types.ts";
import { findWhyNot } from "./whyNot.ts";

/** Explains the score of each of `items` in a list, whatever its rank; all from one state of the graph. */
export async function explainFor(
  ports: RecommendPorts,
  request: Omit<RecommendRequest, "first" | "after">,
  items: readonly EntityId[],
): Promise<Explanation[]> {
  const whole = { ...request, first: 0 };
  assertRequest(whole);
  if (request.minRevision != null) await ports.knowledge.waitFor(request.minRevision);
  const { list } = await makeWholeList(ports, await readMaterial(ports, await joinScenario(ports, whole)));
  return timed(ports, "evidence", () => items.map((id) => explainOne(ports, list, id)));
}

function explainOne(ports: RecommendPorts, list: RecommendationList, id: EntityId): Explanation {
  const { graph, placed, seeds } = list;
  const item = graph.indexOf(id);
  if (item < 0) {
    throw new DomainError("NOT_FOUND", `entity ${id} is not in the snapshot at revision ${graph.revision}`);
  }
  const scored = list.score(item, FULL_EVIDENCE);
  const place = placed.findIndex((one) => one.item === item);
  const rank = place < 0 ? null : place + 1;
  return makeExplanation(ports, scored, {
    rank,
    source: placed[place]?.fallback ?? sourceOf(scored, seeds),
    whyNot: findWhyNot(scored, {
      isItem: graph.isItem(item),
      interacted: seeds.interacted.has(item),
      refusedBy: list.excluded.has(item) ? "USER" : list.passes(item) ? null : "FILTER",
      rank,
      lastScore: lastScoreOf(placed),
    }),
    threshold: thresholdOf(placed, rank),
    history: seeds.byId,
    graph,
    model: list.ranker.info,
  });
}

function lastScoreOf(ranked: readonly RankedItem[]): number | null {
  return ranked.length >= TOP ? ranked[TOP - 1].score : null;
}
