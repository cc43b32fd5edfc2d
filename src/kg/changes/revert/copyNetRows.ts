import type { Queryable, Revision } from "../../types.ts";

// What the change did to each row in sum; a row that it left as it was is not there. Index change_row_pkey.
const NET = (revision: bigint) => `
  create temp table net_row on commit drop as
  with touched as (
    select subject, subject_id, min(id) as first, max(id) as last from change_row where revision = ${revision}
     group by subject, subject_id)
  select t.subject, t.subject_id as id, f.before::jsonb as before, l.after::jsonb as after
    from touched t join change_row f on f.revision = ${revision} and f.id = t.first
    join change_row l on l.revision = ${revision} and l.id = t.last
   where f.before::jsonb - 'revision' is distinct from l.after::jsonb - 'revision'`;

/**
 * Copies what a change did to each row in sum into the temporary table `net_row` (subject, id, before, after),
 * which lives until the transaction ends.
 */
export async function copyNetRows(tx: Queryable, revision: Revision): Promise<void> {
  await tx.query("drop table if exists pg_temp.net_row");
  await tx.query(NET(BigInt(revision))); // a statement of this kind takes no parameters
  await tx.query("alter table net_row add primary key (subject, id)");
  await tx.query("analyze net_row");
}
