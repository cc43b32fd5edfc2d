import type { Queryable } from "../../src/kg/types.ts";

/** When something was written, and what is made of that: they differ from run to run. */
const VOLATILE: Readonly<Record<string, readonly string[]>> = {
  change: ["at", "tx"],
  change_hash: ["hash"],
  idempotency: ["created_at", "answer"],
  proposal: ["proposed_at", "reviewed_at"],
  interaction: ["recorded_at", "tx"],
};

/** Every row of every table, but for the times of writing: two databases that agree here hold the same. */
export async function dumpAll(db: Queryable): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await db.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1",
  );
  const dump: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const rows = await db.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from ${name} t order by 1`,
      [VOLATILE[name] ?? []],
    );
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}
