import { createHash } from "node:crypto";
import type { Entity, EntityFilter, EntityOrder, Page, PageArguments, Queryable } from "../types.ts";
import type { Keyset, KeysetColumn } from "./keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { searchSql } from "./searchSql.ts";
import { selectEntities } from "./selectEntities.ts";
import { survivorOfKey } from "./survivors.ts";
import { comparable } from "./values.ts";

const ID: KeysetColumn = { sql: "e.id", type: "bigint" };
const COLUMNS: Readonly<Record<EntityOrder, readonly KeysetColumn[]>> = {
  NAME_ASC: [{ sql: "e.name", type: "text" }, ID], // index entity_name or entity_type_name
  NAME_DESC: [
    { sql: "e.name", type: "text", descending: true },
    { ...ID, descending: true },
  ],
  DEGREE_DESC: [{ sql: "d.degree", type: "bigint", descending: true }, ID], // index entity_degree_order
  RELEVANCE: [{ sql: "m.relevance", type: "real", descending: true }, ID],
};

export interface EntityQuery {
  readonly search?: string | null;
  readonly filter?: EntityFilter | null;
  readonly order: EntityOrder;
  /** All fields where left out. */
  readonly select?: readonly (keyof Entity)[] | null;
}

/**
 * Finds a page of the entities that match a search and a filter; merged entities are left out. RELEVANCE
 * without a search means NAME_ASC.
 * @throws {DomainError} BAD_USER_INPUT for bad page arguments
 */
export async function findEntities(
  db: Queryable,
  { search, filter, order: wanted, select }: EntityQuery,
  page: PageArguments,
): Promise<Page<Entity>> {
  const searching = search != null && search.trim() !== "";
  const order = wanted === "RELEVANCE" && !searching ? "NAME_ASC" : wanted;
  const window = readWindow(page, keysetOf(order, search));
  const parameters = new Parameters();
  const matched = searching ? `with ${searchSql(search, { ranked: order === "RELEVANCE", parameters })}` : "";
  const { bounds, position, order: by, limit } = pageSql(window, parameters);
  const conditions = ["e.merged_into is null", ...filterSql(filter ?? {}, parameters), ...bounds];
  const { sql: columns, read } = selectEntities(select);
  const byName = order === "NAME_ASC" || order === "NAME_DESC";
  // Each match is looked up by its key: a join would read the whole table for a few of them.
  const from = searching
    ? "matched m cross join lateral (select * from entity where id = m.id offset 0) e"
    : "entity e";
  const rows = await db.query<Entity & Positioned>(
    `${matched}
     select ${columns}${byName ? "" : `, ${position}`} from ${from}
       ${order === "DEGREE_DESC" ? "join entity_degree d on d.entity_id = e.id" : ""}
      where ${conditions.join(" and ")} order by ${by} limit ${limit}`,
    parameters.values,
    { prepared: filter?.relatedTo == null && (searching || isOfOneType(filter)) },
  );
  return makePage(byName ? rows.map(placeByName) : rows, window, read);
}

/** A row with its position in an order by name. */
export function placeByName<R extends Entity>(row: R): R & Positioned {
  return { ...row, position: [row.name, row.id] };
}

/** One type, and nothing else: the index entity_type_name gives it in order, whichever it is. */
function isOfOneType(filter: EntityFilter | null | undefined): boolean {
  return (
    filter?.types?.length === 1 && filter.keys == null && filter.isItem == null && filter.relatedTo == null
  );
}

/** A place in the order of relevance only means something for the same search. */
export function keysetOf(order: EntityOrder, search?: string | null): Keyset {
  const of =
    order === "RELEVANCE" ? `.${createHash("sha256").update(search!).digest("hex").slice(0, 12)}` : "";
  return { name: `entities.${order}${of}`, columns: COLUMNS[order] };
}

function filterSql({ types, keys, isItem, relatedTo }: EntityFilter, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (types != null) {
    // One type is written as an equality, so that entity_type_name gives the order too.
    const [only] = types;
    conditions.push(
      types.length === 1
        ? `e.type = ${parameters.add(comparable(only), "text")}`
        : `e.type = any(${parameters.add(types.map(comparable), "text[]")})`,
    );
  }
  if (keys != null) conditions.push(`e.key = any(${parameters.add(keys.map(comparable), "text[]")})`);
  if (isItem != null) conditions.push(`e.is_item = ${parameters.add(isItem, "boolean")}`);
  if (relatedTo != null) {
    const entity = survivorOfKey(parameters.add(comparable(relatedTo.entity), "text"));
    const relation = `(select id from relation where key = ${parameters.add(comparable(relatedTo.relation), "text")})`;
    conditions.push(`e.id in (
      select head_id from triple where tail_id = ${entity} and relation_id = ${relation} and rank <> 'DEPRECATED'
      union all
      select tail_id from triple where head_id = ${entity} and relation_id = ${relation} and rank <> 'DEPRECATED')`);
  }
  return conditions;
}
