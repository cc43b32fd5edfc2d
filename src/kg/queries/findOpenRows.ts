import type { ChangeRow, Queryable } from "../types.ts";

const ROWS = `
  select subject, subject_id::text as "subjectId", before, after from change_row
   where revision = current_change() order by id`; // index change_row_pkey

/** Finds what the change that is open in this transaction has written so far, in the order of writing. */
export function findOpenRows(tx: Queryable): Promise<ChangeRow[]> {
  return tx.query<ChangeRow>(ROWS);
}
