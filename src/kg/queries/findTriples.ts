import { readTriple, TRIPLE_COLUMNS } from "../tables/triple.ts";
import type { Entity, Page, PageArguments, Queryable, Triple, TripleFilter } from "../types.ts";
import { findEntitiesByKeys } from "./findEntitiesByKeys.ts";
import type { Keyset } from "./keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { comparable } from "./values.ts";

// Each order is the one of the index that the filter leads to, so that a hub's page reads a page.
const OF_HEAD: Keyset = {
  name: "triples.head", // index triple_head
  columns: [
    { sql: "t.relation_id", type: "bigint" },
    { sql: "t.tail_id", type: "bigint" },
  ],
};
const OF_TAIL: Keyset = {
  name: "triples.tail", // index triple_tail
  columns: [
    { sql: "t.relation_id", type: "bigint" },
    { sql: "t.head_id", type: "bigint" },
  ],
};
const BY_ID: Keyset = { name: "triples", columns: [{ sql: "t.id", type: "bigint" }] }; // triple_relation, triple_pkey

/**
 * Finds a page of the triples that match a filter, deprecated ones too. An unknown key matches nothing. The keys
 * of entities are resolved by a statement of their own: only with the id at hand does the planner see a hub.
 */
export async function findTriples(
  db: Queryable,
  filter: TripleFilter,
  page: PageArguments,
): Promise<Page<Triple>> {
  const keyset = filter.head != null ? OF_HEAD : filter.tail != null ? OF_TAIL : BY_ID;
  const window = readWindow(page, keyset);
  const keys = [filter.head, filter.tail].filter((key) => key != null);
  const entities = await findEntitiesByKeys(db, keys);
  if (keys.some((key) => !entities.has(key))) return makePage([], window, readTriple);
  const parameters = new Parameters();
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const conditions = ["true", ...filterSql(filter, { entities, parameters }), ...bounds];
  const rows = await db.query<Triple & Positioned>(
    `select ${TRIPLE_COLUMNS}, ${position} from triple t
      where ${conditions.join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, readTriple);
}

interface FilterParts {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly parameters: Parameters;
}

function filterSql(filter: TripleFilter, { entities, parameters }: FilterParts): string[] {
  const text = (value: string) => parameters.add(comparable(value), "text");
  const idOf = (key: string) => parameters.add(entities.get(key)!.id, "bigint");
  const conditions: string[] = [];
  if (filter.head != null) conditions.push(`t.head_id = ${idOf(filter.head)}`);
  if (filter.tail != null) conditions.push(`t.tail_id = ${idOf(filter.tail)}`);
  if (filter.relation != null) {
    conditions.push(`t.relation_id = (select id from relation where key = ${text(filter.relation)})`);
  }
  if (filter.rank != null) conditions.push(`t.rank = ${parameters.add(filter.rank, "triple_rank")}`);
  if (filter.minConfidence != null) {
    // Through float8, which holds every number of JavaScript, to the column's real: 0.9 must find 0.9.
    conditions.push(`t.confidence >= ${parameters.add(Math.fround(filter.minConfidence), "float8")}`);
  }
  if (filter.source != null) {
    conditions.push(`t.sources @> jsonb_build_array(jsonb_build_object('name', ${text(filter.source)}))`);
  }
  return conditions;
}
