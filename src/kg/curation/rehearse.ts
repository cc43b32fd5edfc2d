import type { Database } from "../database.ts";
import type { Queryable } from "../types.ts";
import { rollBack } from "./rollBack.ts";

/** In whose name a change is opened that never happens. */
export const REHEARSER = "whygraph";

/** Runs `work` in a change that never happens: it is rolled back, and no revision is used up. */
export function rehearse<T>(db: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  return rollBack(db, async (tx) => {
    await tx.query("select open_change('rehearse', $1)", [REHEARSER]);
    return work(tx);
  });
}
