import { setImmediate } from "node:timers/promises";
import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import { assertFirst } from "./checkRequest.ts";
import { LIST_EVIDENCE, makeExplanation } from "./explanation.ts";
import { INTEREST, makeSeeds } from "./history.ts";
import type { LikelyUser, RecommendPorts } from "./ports.ts";
import { sourceOf } from "./recommend.ts";
import type { UserMatch } from "./types.ts";
import { listDamped } from "./wishes.ts";

const NEAR = 50; // items most like the one, whose users are looked at
const PER_ITEM = 200; // of each its newest interactions
const MOST_USERS = 200; // scored
const AT_ONCE = 16; // users between two breaths, so that requests go on

/**
 * Finds users who would like an item: of those who have lately done most with the items nearest to it, and nothing with
 * itself, each is scored as a list of his own would score it. Cost: three statements and 200 scores at most, whatever
 * the number of users.
 * @throws {DomainError} NOT_FOUND for an entity that the graph does not know, BAD_USER_INPUT for one that is no item
 */
export async function findUsersFor(
  ports: RecommendPorts,
  item: EntityId,
  first: number,
): Promise<UserMatch[]> {
  assertFirst(first);
  const near = findNear(ports, item);
  const users = await ports.knowledge.findLikelyUsers({ item, near, limit: MOST_USERS, perItem: PER_ITEM });
  const matches: UserMatch[] = [];
  for (let at = 0; at < users.length; at += AT_ONCE) {
    for (const user of users.slice(at, at + AT_ONCE)) matches.push(...scoreUser(ports, item, user));
    await setImmediate();
  }
  matches.sort((a, b) => b.score - a.score || (a.user < b.user ? -1 : 1));
  return matches.slice(0, first);
}

function findNear({ knowledge, ranker }: RecommendPorts, item: EntityId): EntityId[] {
  const graph = knowledge.graph();
  const index = graph.indexOf(item);
  if (index < 0) {
    throw new DomainError("NOT_FOUND", `entity ${item} is not in the snapshot at revision ${graph.revision}`);
  }
  if (!graph.isItem(index)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `entity ${item} is no item; expected one that may be recommended`,
    );
  }
  const bound = ranker();
  const seeds = makeSeeds(graph, [{ item, kind: INTEREST, weight: 1, at: null }]);
  return bound
    .rank(bound.collect(seeds.indices, true), { accepts: (other) => other !== index && graph.isItem(other) })
    .filter(({ personal }) => personal)
    .slice(0, NEAR)
    .map(({ item: other }) => graph.idOf(other));
}

/** Nothing where the item is gone meanwhile, or no path leads from the user to it. */
function scoreUser(ports: RecommendPorts, item: EntityId, { user, items, wishes }: LikelyUser): UserMatch[] {
  const [graph, ranker] = [ports.knowledge.graph(), ports.ranker()];
  const index = graph.indexOf(item);
  if (index < 0) return [];
  const seeds = makeSeeds(graph, items);
  const signals = ranker.collect(seeds.indices, seeds.ordered, listDamped(graph, wishes));
  const scored = ranker.explain(signals, index, LIST_EVIDENCE);
  if (scored.evidence.length === 0) return [];
  const explanation = makeExplanation(ports, scored, {
    ...{ rank: null, source: sourceOf(scored, seeds), threshold: null, history: seeds.byId },
    ...{ graph, model: ranker.info },
  });
  return [{ user, score: scored.score, explanation }];
}
