import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, inject } from "vitest";
import { runWhygraph } from "./server.ts";

const TEMPLATE = "template_demo";
const LOCK = 7_180_339; // test files run at once, and one of them makes the template
const DEMO = fileURLToPath(new URL("../../demo", import.meta.url));

/**
 * Gives the address of a database of the test's own that holds the demo and a model fitted on it, put there
 * by the command line. The first file that asks makes a template; the others clone it. All of them go with the
 * Postgres of the run.
 */
export async function openDemo(): Promise<string> {
  const server = inject("postgres");
  const name = `demo_${process.pid}_${Date.now().toString(36)}`;
  const admin = new pg.Client({ connectionString: `${server}/postgres` });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock($1)", [LOCK]);
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(server, admin);
    await admin.query(`create database ${name} template ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  return `${server}/${name}`;
}

async function makeTemplate(server: string, admin: pg.Client): Promise<void> {
  await admin.query("create database making_demo template template_whygraph");
  const env = { DATABASE_URL: `${server}/making_demo` };
  for (const args of [
    ["import", `${DEMO}/films`, "--json"],
    ["train", "--config", `${DEMO}/settings.json`, "--json"],
  ]) {
    const { code, stderr } = await runWhygraph(args, env);
    expect(code, stderr).toBe(0);
  }
  await admin.query(`alter database making_demo rename to ${TEMPLATE}`);
}
