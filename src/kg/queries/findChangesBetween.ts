import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, EntityId, Queryable, Revision } from "../types.ts";

// Primary key of change; indexes change_row_subject, change_row_head and change_row_tail, which end in the revision.
const BETWEEN = `
  select ${CHANGE_COLUMNS}, array(
      select e.id from unnest($3::bigint[]) e(id)
       where exists (select from change_row r where r.subject = 'entity' and r.subject_id = e.id and r.revision = c.revision)
          or exists (select from change_row r where r.head_id = e.id and r.revision = c.revision)
          or exists (select from change_row r where r.tail_id = e.id and r.revision = c.revision)) as touched
    from change c where c.revision > $1::bigint and c.revision <= $2::bigint order by c.revision limit $4`;

/** Finds the changes of a range of revisions, oldest first, each with those of `entities` that it touches. */
export async function findChangesBetween(
  db: Queryable,
  range: { readonly after: Revision; readonly upTo: Revision; readonly limit: number },
  entities: readonly EntityId[],
): Promise<(Change & { readonly touched: readonly EntityId[] })[]> {
  const rows = await db.query<Change & { touched: EntityId[] }>(BETWEEN, [
    range.after,
    range.upTo,
    entities,
    range.limit,
  ]);
  return rows.map((row) => ({ ...readChange(row), touched: row.touched.map(String) }));
}
