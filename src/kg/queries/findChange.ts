import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, Queryable, Revision } from "../types.ts";
import { isBigint } from "./values.ts";

const BY_REVISION = `select ${CHANGE_COLUMNS} from change c where c.revision = $1::bigint`;

/** Finds the change that made a revision. */
export async function findChange(db: Queryable, revision: Revision): Promise<Change | null> {
  if (!isBigint(revision)) return null;
  const [row] = await db.query<Change>(BY_REVISION, [revision]);
  return row ? readChange(row) : null;
}
