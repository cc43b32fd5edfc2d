import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { fitHere } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { runWhygraph } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

let db: Database;
let folder: string;
const run = (...args: readonly string[]) => runWhygraph(args, { DATABASE_URL: db.url });

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  folder = await mkdtemp(join(tmpdir(), "whygraph-models-"));
  await fitHere(db);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("trains with fixed settings and a seed, and prints the model", async () => {
  const settings = join(folder, "settings.json");
  await writeFile(settings, '{"halfLife": 2}');
  const args = ["train", "--seed", "9", "--config", settings, "--no-activate"];
  const { code, stdout, stderr } = await run(...args, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ id: "2", config: { halfLife: 2, seed: 9 }, data: { users: 4 } });
  expect((await run("models", "list")).stdout).toMatch(
    /^ {3}2 {2}\S+Z {2}8 interactions\n {3}1 {2}\S+Z {2}8 interactions +serves\n$/,
  );
  await writeFile(settings, '{"halfLive": 2}');
  const wrong = await run(...args);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/^whygraph: config\.halfLive is 2; expected a setting among .*\n$/);
});

it("lets a model serve, returns to the one before, and shows its card", async () => {
  expect((await run("models", "activate", "2")).stdout).toBe("model 2 serves now\n");
  const shown = await run("models", "show", "2");
  expect(shown.stdout).toMatch(/^# Model 2\n\nFitted .*; it serves now\.\n/);
  expect((await run("models", "rollback")).stdout).toBe("model 1 serves again\n");
  const { code, stderr } = await run("models", "rollback");
  expect([code, stderr]).toEqual([
    1,
    "whygraph: no model served before model 1; expected an activation to return from\n",
  ]);
});

it("exports a model to a file that brings it back, and refuses half of it", async () => {
  const file = join(folder, "best.whygraph");
  const exported = await run("models", "export", "2", file);
  const bytes = await readFile(file);
  expect(exported.stdout).toBe(`wrote model 2 to ${file}, ${bytes.length} bytes\n`);
  await db.query("delete from job");
  await db.query("delete from model_activation where model_id = 2");
  await db.query("delete from model where id = 2");
  const imported = JSON.parse((await run("models", "import", file, "--json")).stdout);
  expect(imported).toMatchObject({ id: "3", config: { halfLife: 2, seed: 9 } });
  await writeFile(file, bytes.subarray(0, bytes.length / 2));
  const { code, stderr } = await run("models", "import", file);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^whygraph: not a usable model file: it ends at byte \d+, expected \d+\n$/);
  expect((await run("models", "show", "2")).stderr).toBe(
    'whygraph: there is no model "2"; see whygraph models list\n',
  );
});
