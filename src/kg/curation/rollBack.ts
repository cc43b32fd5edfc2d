import type { Database } from "../database.ts";
import type { Queryable } from "../types.ts";

/** Carries a result out of the transaction that is rolled back. */
class RolledBack extends Error {
  constructor(readonly result: unknown) {
    super("the transaction was rolled back");
  }
}

/** Runs `work` for real in a transaction, and rolls it back: what it gives is all that remains. */
export async function rollBack<T>(db: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  try {
    return await db.transaction<T>(async (tx) => {
      throw new RolledBack(await work(tx));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.result as T;
    throw error;
  }
}
