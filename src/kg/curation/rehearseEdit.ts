import type { Database } from "../database.ts";
import { findOpenRows } from "../queries/findOpenRows.ts";
import type { ChangeRow, Queryable, Revision } from "../types.ts";
import { rollBack } from "./rollBack.ts";

const CHANGE = `select current_change()::text as revision`;

/** An edit that has been written, and is about to be rolled back. */
export interface Rehearsed {
  /** What the change log holds of it. */
  readonly rows: readonly ChangeRow[];
  /** The revision that it would be. */
  readonly revision: Revision;
  /** The transaction that sees it. No other edit commits as long as it is open. */
  readonly tx: Queryable;
}

/**
 * Runs an edit as it is, all its checks and its answer included, lets `observe` see what it has written, and rolls
 * it back: nothing remains, and no revision is used up. `edit` gets a database whose transactions end so; it is to
 * open one at most. `observe` is not called where the edit writes nothing.
 */
export async function rehearseEdit<T>(
  db: Database,
  edit: (db: Database) => Promise<T>,
  observe: (rehearsed: Rehearsed) => Promise<void>,
): Promise<T> {
  return edit({
    url: db.url,
    get statements() {
      return db.statements;
    },
    get connections() {
      return db.connections;
    },
    query: (sql, parameters) => db.query(sql, parameters),
    withClient: (work) => db.withClient(work),
    connect: () => db.connect(),
    close: () => Promise.resolve(),
    transaction: (work) =>
      rollBack(db, async (tx) => {
        const result = await work(tx);
        const [{ revision }] = await tx.query<{ revision: Revision }>(CHANGE);
        await observe({ rows: await findOpenRows(tx), revision, tx });
        return result;
      }),
  });
}
