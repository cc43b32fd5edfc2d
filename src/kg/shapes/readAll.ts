import type { Queryable } from "../types.ts";

const PAGE_ROWS = 1_000;

/** Reads what a statement selects in pages, inside a transaction: memory stays the same however much there is. */
export async function* readAll<T>(tx: Queryable, sql: string): AsyncGenerator<readonly T[]> {
  await tx.query(`declare rows no scroll cursor for ${sql}`);
  try {
    for (;;) {
      const rows = await tx.query<T>(`fetch ${PAGE_ROWS} from rows`);
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE_ROWS) return;
    }
  } finally {
    await tx.query("close rows").catch(() => undefined); // a failed transaction has closed it
  }
}
