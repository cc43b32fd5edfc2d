import type { Database } from "../../../src/kg/database.ts";
import type { Queryable } from "../../../src/kg/types.ts";

/** Writes to the log as somebody could who owns the database: with its triggers out of the way. */
export async function tamper(db: Database, ...statements: readonly string[]): Promise<void> {
  const tables = ["entity", "relation", "triple", "change", "change_row", "change_hash"];
  await db.transaction(async (tx) => {
    await tx.query("set local session_replication_role = replica"); // no foreign keys either
    for (const table of tables) await tx.query(`alter table ${table} disable trigger user`);
    for (const statement of statements) await tx.query(statement);
    for (const table of tables) await enableTriggers(tx, table);
  });
}

async function enableTriggers(tx: Queryable, table: string): Promise<void> {
  const triggers = await tx.query<{ name: string }>(
    "select tgname as name from pg_trigger where tgrelid = $1::regclass and not tgisinternal",
    [table],
  );
  for (const { name } of triggers) await tx.query(`alter table ${table} enable always trigger ${name}`);
}

/** Makes one change of plain statements. */
export async function change(db: Database, kind: string, ...statements: readonly string[]): Promise<string> {
  return db.transaction(async (tx) => {
    const [{ revision }] = await tx.query<{ revision: string }>(
      "select open_change($1, 'tester') as revision",
      [kind],
    );
    for (const statement of statements) await tx.query(statement);
    return revision;
  });
}
