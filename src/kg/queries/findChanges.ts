import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, ChangeFilter, Page, PageArguments, Queryable } from "../types.ts";
import type { Keyset } from "./keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { survivorOfKey } from "./survivors.ts";
import { comparable } from "./values.ts";

const NEWEST_FIRST: Keyset = {
  name: "changes", // index change_pkey, change_kind or change_actor
  columns: [{ sql: "c.revision", type: "bigint", descending: true }],
};

/** Finds a page of the changes that match a filter, newest first. */
export async function findChanges(
  db: Queryable,
  filter: ChangeFilter,
  page: PageArguments,
): Promise<Page<Change>> {
  const window = readWindow(page, NEWEST_FIRST);
  const parameters = new Parameters();
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const conditions = ["true", ...filterSql(filter, parameters), ...bounds];
  const rows = await db.query<Change & Positioned>(
    `select ${CHANGE_COLUMNS}, ${position} from change c
      where ${conditions.join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, readChange);
}

function filterSql(filter: ChangeFilter, parameters: Parameters): string[] {
  const text = (value: string) => parameters.add(comparable(value), "text");
  const conditions: string[] = [];
  if (filter.actor != null) conditions.push(`c.actor = ${text(filter.actor)}`);
  if (filter.kind != null) conditions.push(`c.kind = ${text(filter.kind)}`);
  if (filter.since != null) conditions.push(`c.at >= ${parameters.add(filter.since, "timestamptz")}`);
  if (filter.entity != null) {
    const entity = survivorOfKey(text(filter.entity));
    conditions.push(`c.revision in (
      select revision from change_row where subject = 'entity' and subject_id = ${entity} /* change_row_subject */
      union all select revision from change_row where head_id = ${entity} /* change_row_head */
      union all select revision from change_row where tail_id = ${entity}) /* change_row_tail */`);
  }
  return conditions;
}
