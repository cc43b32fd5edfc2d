import type { Queryable } from "../../types.ts";
import { findLoggedTables, type LoggedTable } from "../findLoggedTables.ts";

/** A row that is not what the log left it as. */
export interface Drift {
  readonly subject: string;
  readonly id: string;
  /** MISSING: the log has it, the graph has not. UNLOGGED: the other way round. DIFFERENT: both, with other values. */
  readonly kind: "MISSING" | "UNLOGGED" | "DIFFERENT";
  /** Columns that differ. */
  readonly fields: readonly string[];
}

export interface DriftReport {
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly Drift[];
}

// The newest image of each row, as a row of its table; what an older version did not log is taken as it is. Sorted in
// Postgres, which spills to disk; index change_row_history or change_row_subject is too scattered to help.
const DRIFT = ({ name, columns }: LoggedTable) => `
  with logged as (
    select distinct on (subject_id) subject_id as id, after from change_row where subject = '${name}'
     order by subject_id, revision desc, change_row.id desc
  ), compared as (
    select coalesce(l.id, t.id) as id, t.id is null as missing, l.after is null as unlogged,
           case when t.id is not null and l.after is not null then array(
             select field from unnest(array[${columns.map((column) => `'${column}'`).join(", ")}]) field
              where to_jsonb(json_populate_record(t, l.after)) -> field is distinct from to_jsonb(t) -> field)
           end as fields
      from (select * from logged where after is not null) l full join ${name} t on t.id = l.id
     where t.id is null or l.after is null or json_populate_record(t, l.after) is distinct from t
  )
  select '${name}' as subject, id::text, case when missing then 'MISSING' when unlogged then 'UNLOGGED'
           else 'DIFFERENT' end as kind, coalesce(fields, '{}') as fields, (count(*) over ())::int as total
    from compared order by compared.id limit $1`;

/**
 * Compares the graph with what replaying the log from empty gives: the newest image of each row. Finds every row that
 * was written past the log; names the first `limit` of each table.
 */
export async function findDrift(db: Queryable, limit: number): Promise<DriftReport> {
  const rows: Drift[] = [];
  let count = 0;
  for (const table of await findLoggedTables(db)) {
    const found = await db.query<Drift & { readonly total: number }>(DRIFT(table), [limit]);
    count += found[0]?.total ?? 0;
    rows.push(...found.map(({ subject, id, kind, fields }) => ({ subject, id, kind, fields })));
  }
  return { count, rows };
}
