import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpGraph } from "./support/dumpGraph.ts";
import { dumpSchema } from "./support/dumpSchema.ts";
import { makeFolder } from "./support/folders.ts";
import { makeFilms } from "./support/manyFilms.ts";

const CHILD = new URL("./support/importInChild.ts", import.meta.url).pathname;
const CHILD_NAME = `killed_${process.pid}`;
const MOMENTS = 4;

it("leaves nothing half done when it is killed at any moment, and a second run ends as an undisturbed one", async () => {
  const folder = await makeFolder(makeFilms(2000));
  const rejects = join(folder, "rejects.tsv");
  const undisturbed = await createTestDatabase();
  const started = performance.now();
  await importData(undisturbed, { path: folder, rejects });
  const duration = performance.now() - started;
  const expected = await dumpGraph(undisturbed);
  expect(expected.triples).toHaveLength(10_000);

  const killed = await createTestDatabase();
  const empty = await dumpGraph(killed);
  const schema = await dumpSchema(killed);
  let early = 0;
  for (let moment = 0; moment < MOMENTS; moment++) {
    const child = await startChild(killed, folder, rejects);
    await new Promise((resolve) => setTimeout(resolve, ((moment + Math.random()) / MOMENTS) * duration));
    const done = child.exitCode !== null;
    if (!done) child.kill("SIGKILL");
    if (!done) await once(child, "exit");
    await childIsGone(killed);
    const found = await dumpGraph(killed);
    // All or nothing: the kill may come between the commit and the end of the process.
    const whole = found.triples.length > 0;
    expect(found).toEqual(whole ? expected : empty);
    expect(await leftovers(killed)).toEqual([]);
    expect(await dumpSchema(killed)).toEqual(schema); // an import into an empty graph makes its indexes last
    if (!whole) early++;
  }
  expect(early).toBeGreaterThan(0); // or nothing was disturbed

  const result = await importData(killed, { path: folder, rejects });
  expect(await dumpGraph(killed)).toEqual(expected);
  expect(result.revision).toBe("1"); // no killed run left a change behind
}, 180_000);

async function startChild(db: Database, folder: string, rejects: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", CHILD, `${db.url}?application_name=${CHILD_NAME}`, folder, rejects],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await once(child.stdout!, "data");
  return child;
}

/** Waits until Postgres has noticed that the client is gone, rolled its work back and dropped its tables. */
async function childIsGone(db: Database): Promise<void> {
  const backends = "select from pg_stat_activity where application_name = $1";
  while ((await db.query(backends, [CHILD_NAME])).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Tables of an import that outlive it. */
function leftovers(db: Database): Promise<unknown[]> {
  return db.query(
    "select relname from pg_class where relname ~ '^(staged|settled|new|changed|resolved)_' and relkind = 'r'",
  );
}
