import type { Database } from "../../kg/database.ts";
import { findEntities } from "../../kg/queries/findEntities.ts";
import { findEntitiesByKeys } from "../../kg/queries/findEntitiesByKeys.ts";
import { VOCABULARY } from "../../kg/rdf/vocabulary.ts";
import type { LiveSnapshot } from "../../kg/snapshot/openLiveSnapshot.ts";
import type { ReadNames } from "../openGazetteer.ts";
import { describeEntity } from "./describeEntity.ts";
import { extendEntities } from "./extendEntities.ts";
import { hasStart } from "./hasStart.ts";
import { type Matching, matchQueries } from "./matchQueries.ts";
import { tellProperty } from "./properties.ts";
import { sampleProperties } from "./sampleProperties.ts";
import type { Reconciler, ReconcileType, SuggestedEntity } from "./types.ts";

const PAGE = 20; // suggestions
const MOST = 100; // suggestions in all: whoever wants more types more letters
const EXCERPT = 300; // letters of a description

interface Parts {
  readonly db: Database;
  readonly snapshot: Pick<LiveSnapshot, "graph">;
  readonly readNames: ReadNames;
}

/**
 * Opens the reconciliation of other people's tables with the graph. Names and triples are read in memory, what is like
 * a name is found by Postgres; each answer takes a constant number of SQL statements, and one more after a change.
 */
export function openReconciler({ db, snapshot, readNames }: Parts): Reconciler {
  const open = async (): Promise<Matching> => {
    const names = await readNames();
    return { db, names, graph: snapshot.graph };
  };
  const types = async () => typesOf(await open());
  return {
    identifierSpace: VOCABULARY.entity,
    schemaSpace: VOCABULARY.type,
    types,
    match: async (queries) => matchQueries(queries, await open()),
    suggestEntities: async (prefix, skip) => suggestEntities(prefix, skip, await open()),
    suggestTypes: async (prefix, skip) =>
      pageOf(
        (await types()).filter(({ id }) => hasStart(prefix, id)),
        skip,
      ),
    suggestProperties: async (prefix, skip) => {
      const told = (await sampleProperties("", await open())).map(tellProperty);
      return pageOf(
        told.filter(({ id, name }) => id === prefix || hasStart(prefix, id) || hasStart(prefix, name)),
        skip,
      );
    },
    proposeProperties: async (type, limit) =>
      (await sampleProperties(type, await open())).slice(0, limit).map(tellProperty),
    extend: async (ids, columns) => extendEntities(ids, columns, await open()),
    describe: async (key, most) => describeEntity(key, most, await open()),
  };
}

function typesOf({ names }: Matching): ReconcileType[] {
  return [...names.types]
    .map(([id, count]) => ({ id, count }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

function pageOf<T>(all: readonly T[], skip: number): T[] {
  return all.slice(skip, skip + PAGE);
}

/** By key first, then as the search of the graph has them. Two statements. */
async function suggestEntities(
  prefix: string,
  skip: number,
  { db, names }: Matching,
): Promise<SuggestedEntity[]> {
  const page = { first: Math.min(MOST, skip + PAGE) };
  const [byKey, found] = await Promise.all([
    findEntitiesByKeys(db, [prefix]),
    findEntities(db, { search: prefix, order: "RELEVANCE" }, page),
  ]);
  const own = [...byKey.values()];
  const others = found.edges.map(({ node }) => node).filter(({ id }) => id !== own[0]?.id);
  return pageOf([...own, ...others], skip).map(({ id, key, type, name, description }) => ({
    ...{ key, type, name, year: names.entity(id)?.year ?? null },
    description: description?.slice(0, EXCERPT) ?? null,
  }));
}
