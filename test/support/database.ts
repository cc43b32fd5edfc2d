import pg from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import { undoAfterFile } from "./undo.ts";

let sequence = 0;

/** Clones the migrated template into an empty database of the test's own; dropped after the file. */
export async function createTestDatabase(options: { readonly migrated?: boolean } = {}): Promise<Database> {
  const server = inject("postgres");
  const name = `test_${process.pid}_${Date.now().toString(36)}_${sequence++}`;
  const template = options.migrated === false ? "template1" : "template_whygraph";
  await administrate(server, `create database ${name} template ${template}`);
  const database = await openDatabase(`${server}/${name}`, { migrate: false, poolSize: 8 });
  undoAfterFile(async () => {
    await database.close();
    await administrate(server, `drop database ${name} with (force)`);
  });
  return database;
}

async function administrate(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
