import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, Queryable, Revision } from "../types.ts";

const BY_REVISIONS = `select ${CHANGE_COLUMNS} from change c where c.revision = any($1::bigint[])`; // index change_pkey

/** Finds the changes that made these revisions; the unknown are left out. */
export async function findChangesByRevisions(
  db: Queryable,
  revisions: readonly Revision[],
): Promise<Map<Revision, Change>> {
  const rows = await db.query<Change>(BY_REVISIONS, [revisions]);
  return new Map(rows.map((row) => [row.revision, readChange(row)]));
}
