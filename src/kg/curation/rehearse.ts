import type { Database } from "../database.ts";
import type { ChangeRow, Queryable } from "../types.ts";

const ROWS = `
  select subject, subject_id::text as "subjectId", before, after from change_row
   where revision = current_change() order by id`; // index change_row_pkey

class Rehearsed extends Error {}

/**
 * Runs `edit` for real in a transaction of its own, gives the rows that the change log then holds, and rolls
 * all of it back: nothing remains, and no revision is used up.
 */
export async function rehearse(
  db: Database,
  edit: (tx: Queryable) => Promise<unknown>,
): Promise<readonly ChangeRow[]> {
  let rows: readonly ChangeRow[] = [];
  try {
    await db.transaction(async (tx) => {
      await tx.query("select open_change('rehearse', 'whygraph')");
      await edit(tx);
      rows = await tx.query<ChangeRow>(ROWS);
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return rows;
}
