import { createHash } from "node:crypto";
import { ENTITY_COLUMNS, ENTITY_FIELDS, readEntity } from "../tables/entity.ts";
import { columnsSql, makeLeanReader } from "../tables/lean.ts";
import type { Entity, EntityFilter, EntityOrder, Page, PageArguments, Queryable } from "../types.ts";
import type { Keyset, KeysetColumn } from "./keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { searchSql } from "./searchSql.ts";
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
  const { columns, read } = selectEntities(select, order);
  // Each match is looked up by its key: a join would read the whole table for a few of them.
  const from = searching
    ? "matched m cross join lateral (select * from entity where id = m.id offset 0) e"
    : "entity e";
  const rows = await db.query<Entity & Positioned>(
    `${matched}
     select ${columns}, ${position} from ${from}
       ${order === "DEGREE_DESC" ? "join entity_degree d on d.entity_id = e.id" : ""}
      where ${conditions.join(" and ")} order by ${by} limit ${limit}`,
    parameters.values,
    { prepared: searching || isOfOneType(filter) },
  );
  return makePage(rows, window, read);
}

/** One type, and nothing else: the index entity_type_name gives it in order, whichever it is. */
function isOfOneType(filter: EntityFilter | null | undefined): boolean {
  return (
    filter?.types?.length === 1 && filter.keys == null && filter.isItem == null && filter.relatedTo == null
  );
}

function selectEntities(select: EntityQuery["select"], order: EntityOrder) {
  if (select == null) return { columns: ENTITY_COLUMNS, read: readEntity };
  const named = order.startsWith("NAME") ? (["name"] as const) : [];
  const fields = [...new Set<keyof Entity>(["id", ...named, ...select])];
  const read = makeLeanReader<Entity>(ENTITY_FIELDS, fields);
  return { columns: columnsSql(ENTITY_FIELDS, fields), read: (row: Entity) => read((field) => row[field]) };
}

/** A place in the order of relevance only means something for the same search. */
function keysetOf(order: EntityOrder, search: string | null | undefined): Keyset {
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
