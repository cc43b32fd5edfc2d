import { setImmediate } from "node:timers/promises";
import { findEntitiesByKeys } from "../../kg/queries/findEntitiesByKeys.ts";
import { type Excerpt, findExcerpts } from "../../kg/queries/findExcerpts.ts";
import { findSimilarNames } from "../../kg/queries/findSimilarNames.ts";
import type { EntityId, Graph, Queryable } from "../../kg/types.ts";
import type { Gazetteer } from "../../text/Gazetteer.ts";
import { type Gathered, gatherCandidates } from "./gatherCandidates.ts";
import { rankCandidates } from "./rankCandidates.ts";
import { scoreCandidate } from "./scoreCandidate.ts";
import type { ReconcileCandidate, ReconcileQuery } from "./types.ts";

const MOST_SIMILAR = 20; // names that are like the asked one
const LONGEST_NAME = 200; // letters
const COMPARED = 1_000; // names of property values, for one query

/** What queries are matched with. */
export interface Matching {
  readonly db: Queryable;
  readonly graph: Graph;
  readonly names: Gazetteer;
}

/**
 * Finds candidates for each query, each by itself: entities of that key, that name or one like it, or, where no name
 * is asked for, with those values. Three SQL statements for all of them. Other requests get their turn between two.
 * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have
 */
export async function matchQueries(
  asked: readonly ReconcileQuery[],
  { db, graph, names }: Matching,
): Promise<ReconcileCandidate[][]> {
  const queries = asked.map((query) => ({
    ...query,
    name: query.name?.trim().slice(0, LONGEST_NAME) || null,
  }));
  const named = queries.filter((query) => query.name !== null);
  const [byKey, similar] = await Promise.all([
    findEntitiesByKeys(db, keysOf(queries)),
    findSimilarNames(
      db,
      named.map(({ name, types }) => ({ text: name ?? "", types })),
      MOST_SIMILAR,
    ),
  ]);
  const near = new Map(named.map((query, place) => [query, similar[place]]));
  const lookup = { graph, names, byKey };
  const gathered = queries.map((query) => gatherCandidates(query, near.get(query) ?? [], lookup));
  const excerpts = await findExcerpts(
    db,
    gathered.flatMap(({ entities }) => entities.map(({ id }) => id)),
    gathered.flatMap(({ resolved }) =>
      resolved.properties.flatMap(({ property }) => (property.kind === "ATTRIBUTE" ? [property.key] : [])),
    ),
  );
  const results: ReconcileCandidate[][] = [];
  for (const one of gathered) {
    results.push(rank(one, excerpts, { graph, names }));
    await setImmediate();
  }
  return results;
}

/** Everything that may be an entity's key. */
function keysOf(queries: readonly ReconcileQuery[]): string[] {
  const given = queries.flatMap(({ properties }) =>
    properties.flatMap(({ values }) =>
      values.flatMap((value) => (typeof value === "object" ? [value.id] : [])),
    ),
  );
  return [...new Set([...queries.flatMap(({ name }) => name ?? []), ...given])];
}

function rank(
  { query, resolved, entities }: Gathered,
  excerpts: ReadonlyMap<EntityId, Excerpt>,
  { graph, names }: Omit<Matching, "db">,
): ReconcileCandidate[] {
  const budget = { left: COMPARED };
  const scored = entities.flatMap((entity) => {
    const index = graph.indexOf(entity.id);
    if (index < 0) return [];
    const { attributes = {} } = excerpts.get(entity.id) ?? {};
    return [scoreCandidate(resolved, entity, { index, attributes, graph, names, budget })];
  });
  return rankCandidates(scored)
    .slice(0, query.limit)
    .map(({ entity, score, match, features }) => ({
      ...{ entity, score, match, features },
      description: excerpts.get(entity.id)?.description ?? null,
    }));
}
