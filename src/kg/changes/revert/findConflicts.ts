import { problem } from "../../curation/problem.ts";
import type { JSONObject, Problem, Queryable, Revision } from "../../types.ts";
import type { LoggedTable } from "../findLoggedTables.ts";
import { findNames, type NamedRow, type Names, nameRow } from "../findNames.ts";
import { type ConflictReason, conflictsOf, type OutsideReference } from "./conflictSql.ts";

/** The most conflicts that are named one by one. */
export const MOST_CONFLICTS = 100;

interface ConflictRow extends NamedRow {
  readonly reason: ConflictReason;
  readonly other: string | null;
  readonly otherId: string | null;
  readonly otherImage: JSONObject | null;
  readonly outside: string | null;
  /** The newest change of the row in the way. */
  readonly later: Revision | null;
  readonly laterKind: string | null;
  readonly laterActor: string | null;
  readonly total: number;
}

// References from tables that are not logged; those that go with the row are no hindrance.
const OUTSIDE = `
  select c.conrelid::regclass::text as table, a.attname as column, c.confrelid::regclass::text as to
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
   where c.contype = 'f' and c.confdeltype in ('a', 'r') and c.confrelid::regclass::text = any($1::text[])
     and c.conrelid::regclass::text <> all($1::text[])`;

/** The later change is looked up by the row in the way; indexes change_row_subject and change_row_history. */
const conflictsSql = (parts: readonly string[]) => `
  with conflict as (select *, row_number() over () as place, (count(*) over ())::int as total from (${parts.join(" union all ")}) found
                     order by place limit ${MOST_CONFLICTS})
  select f.subject, f.id::text, f.reason, f.image, f.other, f.other_id::text as "otherId", f.other_image as "otherImage",
         f.outside, f.total, c.revision as later, c.kind as "laterKind", c.actor as "laterActor"
    from conflict f left join lateral (
      select revision from change_row where subject = 'entity' and coalesce(f.other, f.subject) = 'entity'
         and subject_id = coalesce(f.other_id, f.id) and revision > $1::bigint
      union all
      select revision from change_row where subject <> 'entity' and subject = coalesce(f.other, f.subject)
         and subject_id = coalesce(f.other_id, f.id) and revision > $1::bigint
      order by revision desc limit 1) r on true
    left join change c on c.revision = r.revision
   order by f.place`;

/**
 * Finds everything that keeps the rows of `net_row` from being put back as they were before the change `revision`:
 * the first hundred as problems, then how many more there are. One statement for the conflicts, one for the names.
 */
export async function findConflicts(
  tx: Queryable,
  revision: Revision,
  tables: readonly LoggedTable[],
): Promise<Problem[]> {
  const names = tables.map(({ name }) => name);
  const outside = await tx.query<OutsideReference>(OUTSIDE, [names]);
  const parts = tables.flatMap((table) => conflictsOf(table, tables, outside));
  const rows = await tx.query<ConflictRow>(conflictsSql(parts), [revision]);
  if (rows.length === 0) return [];
  const known = await findNames(tx, rows.flatMap(namedRows));
  const problems = rows.map((row) => problem("CHANGE_CONFLICT", "id", describe(row, revision, known)));
  const more = rows[0].total - rows.length;
  if (more === 0) return problems;
  const message = `${more} more rows stand in the way of reverting change ${revision}; ${rows[0].total} in all`;
  return [...problems, problem("CHANGE_CONFLICT", "id", message)];
}

function namedRows(row: ConflictRow): NamedRow[] {
  const { other, otherId, otherImage } = row;
  return other === null ? [row] : [row, { subject: other, id: otherId!, image: otherImage }];
}

function describe(row: ConflictRow, revision: Revision, names: Names): string {
  const [own, other] = namedRows(row).map((named) => `${named.subject} ${nameRow(named, names)}`);
  const later = row.later
    ? ` in change ${row.later} (${row.laterKind} by ${row.laterActor}); revert that one first`
    : "";
  switch (row.reason) {
    case "CHANGED":
      return `${own} is not as change ${revision} left it: it was edited${later}`;
    case "GONE":
      return `${own} is not as change ${revision} left it: it was deleted${later}`;
    case "BACK":
      return `${own} is not gone any more, as change ${revision} left it: it came back${later}`;
    case "TAKEN":
      return `${own} cannot come back: ${other} took its place${later}`;
    case "NEEDED":
      return `${own} cannot go: ${other} needs it, which was written${later}`;
    case "USED":
      return `${own} cannot go: rows outside the graph need it (${row.outside}); expected none`;
    case "MISSING":
      return `${own} cannot come back: ${other}, which it needs, went${later}`;
    case "MERGED":
      return `${own} cannot come back: ${other} was merged into another${later}`;
    case "CROWDED":
      return `${own} cannot come back: its relation allows no more beside ${other}, which was written${later}`;
  }
}
