import { DomainError } from "../errors.ts";
import type { Entity, Revision } from "../kg/types.ts";
import { TOP } from "./counterfactual.ts";
import { findStart, packRankCursor, readRankCursor } from "./cursor.ts";
import { LIST_EVIDENCE, makeExplanation, PAGE_LIMIT } from "./explanation.ts";
import { listFilterKeys, makeFilter } from "./filter.ts";
import { makeSeeds } from "./history.ts";
import type { RankedItem, RecommendPorts } from "./ports.ts";
import type { RecommendationPage, RecommendationSource, RecommendRequest } from "./types.ts";

/**
 * Recommends items for a user, for interests, or for both, each with its evidence. Two statements at most:
 * the history and the named keys; the rest is one synchronous pass over the snapshot.
 * @throws {DomainError} BAD_USER_INPUT; UNAVAILABLE where `minRevision` does not come in time
 */
export async function recommendFor(
  ports: RecommendPorts,
  request: RecommendRequest,
): Promise<RecommendationPage> {
  assertFirst(request.first);
  assertDiversity(request.diversity ?? 0);
  if (request.user == null && (request.interests ?? []).length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      "neither user nor interests are given; expected one of them, or both",
    );
  }
  const after = request.after == null ? null : readRankCursor(request.after);
  if (request.minRevision != null) await ports.knowledge.waitFor(request.minRevision as Revision);
  const [read, entities] = await Promise.all([
    request.user == null ? null : ports.knowledge.findHistory(request.user),
    ports.knowledge.findEntitiesByKeys([...(request.interests ?? []), ...listFilterKeys(request.filter)]),
  ]);
  const history = read?.items ?? [];
  const interests = (request.interests ?? []).map((key) => findInterest(key, entities));

  // From here on nothing waits: the page is made from one state of the graph and one model.
  const graph = ports.knowledge.graph();
  const ranker = ports.ranker();
  const seeds = makeSeeds(graph, history, interests);
  const passes = makeFilter(graph, request.filter, entities);
  const signals = ranker.collect(seeds.indices, seeds.ordered);
  const named = new Set(interests.map(({ id }) => graph.indexOf(id)));
  const ranked = ranker.rank(signals, {
    diversity: request.diversity,
    accepts: (item) =>
      graph.isItem(item) &&
      !named.has(item) &&
      (request.includeInteracted === true || !seeds.interacted.has(item)) &&
      passes(item),
  });
  const start = after === null ? 0 : findStart(ranked, after, graph.indexOf(after.item));
  const page = ranked.slice(start, start + request.first);
  const edges = page.map((one, place) => {
    const rank = start + place + 1;
    const scored = ranker.explain(signals, one.item, LIST_EVIDENCE);
    const source = sourceOf(one, history.length > 0);
    const explanation = makeExplanation(ports, scored, {
      rank,
      source,
      threshold: thresholdOf(ranked, rank),
      history: seeds.byId,
      graph,
      model: ranker.info,
    });
    return {
      cursor: packRankCursor({ score: scored.score, item: scored.item }),
      node: { item: scored.item, rank, score: scored.score, source, explanation },
    };
  });
  return {
    edges,
    hasNextPage: start + page.length < ranked.length,
    hasPreviousPage: start > 0,
    model: ranker.info,
    graphRevision: graph.revision,
    moment: ports.mark?.({ graph, model: ranker.info, history: read }) ?? null,
  };
}

/** Score under which an item of rank `rank` leaves the top ten; null where it is not in it, or nothing follows. */
export function thresholdOf(ranked: readonly RankedItem[], rank: number | null): number | null {
  return rank !== null && rank <= TOP && ranked.length > TOP ? ranked[TOP].score : null;
}

/** The step of the fallback chain: a history reaches the item, or named interests do, or popularity alone. */
export function sourceOf(
  { personal }: Pick<RankedItem, "personal">,
  hasHistory: boolean,
): RecommendationSource {
  if (!personal) return "POPULAR";
  return hasHistory ? "PERSONAL" : "SIMILAR";
}

/** @throws {DomainError} BAD_USER_INPUT */
export function assertFirst(first: number): void {
  if (!Number.isInteger(first) || first < 0 || first > PAGE_LIMIT) {
    throw new DomainError("BAD_USER_INPUT", `first is ${first}; expected an integer from 0 to ${PAGE_LIMIT}`);
  }
}

function assertDiversity(diversity: number): void {
  if (!(diversity >= 0 && diversity <= 1)) {
    throw new DomainError("BAD_USER_INPUT", `diversity is ${diversity}; expected a number from 0 to 1`);
  }
}

function findInterest(key: string, entities: ReadonlyMap<string, Entity>): Entity {
  const entity = entities.get(key);
  if (!entity)
    throw new DomainError("BAD_USER_INPUT", `interests name "${key}"; expected the key of a known entity`);
  return entity;
}
