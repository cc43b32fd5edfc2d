import type { ChangeRow, Revision } from "../types.ts";

interface ChangesRow {
  readonly revision: Revision;
  readonly at: number | null;
  readonly subject: ChangeRow["subject"] | null;
  readonly subjectId: string;
  readonly before: ChangeRow["before"];
  readonly after: ChangeRow["after"];
}

/** What was committed after a revision. */
export interface Changes {
  /** The graph's revision. */
  readonly revision: Revision;
  /** When its change was opened, in milliseconds; null for revision 0. */
  readonly at: number | null;
  /** In commit order, without the texts that the snapshot does not hold; at most one more than the limit. */
  readonly rows: readonly ChangeRow[];
}

// One statement, so one view of the database: every row up to `revision` is in it. Index change_row_pkey.
const CHANGES = `
  select g.revision::text, (extract(epoch from c.at) * 1000)::float8 as at,
         r.subject, r.subject_id::text as "subjectId",
         r.before::jsonb - $3::text[] as before, r.after::jsonb - $3::text[] as after
    from graph g
    left join change c on c.revision = g.revision
    left join lateral (
      select * from change_row where revision > $1::bigint and revision <= g.revision
       order by revision, id limit $2) r on true
   order by r.revision, r.id`;
/** Columns that a snapshot with a dictionary does not hold. */
export const NOT_IN_DICTIONARY = ["qualifiers", "sources"];
/** The same where the snapshot has no dictionary. */
export const NOT_IN_SNAPSHOT = ["name", "aliases", "description", "attributes", "qualifiers", "sources"];

/** Reads the changes after revision `after`, at most `limit` + 1 rows, without some columns. */
export async function readChanges(
  query: <T>(sql: string, parameters: readonly unknown[]) => Promise<T[]>,
  after: Revision,
  { limit, without = NOT_IN_SNAPSHOT }: { readonly limit: number; readonly without?: readonly string[] },
): Promise<Changes> {
  const rows = await query<ChangesRow>(CHANGES, [after, limit + 1, without]);
  const { revision, at } = rows[0];
  return { revision, at, rows: rows.filter((row): row is ChangesRow & ChangeRow => row.subject !== null) };
}
