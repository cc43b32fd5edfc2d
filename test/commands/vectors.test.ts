import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { runWhygraph } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 }); // real processes, on machines with little to spare

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-vectors-"));
  const database = await createTestDatabase();
  await insertFilms(database);
  env = { DATABASE_URL: database.url, WHYGRAPH_DATA: folder, WHYGRAPH_BACKEND: "wasm" };
});
afterAll(() => rm(folder, { recursive: true }));

it("encodes once, imports a set, lists both and deletes one", async () => {
  const first = await runWhygraph(["encode", "--items-only", "--json"], env);
  expect([first.code, first.stderr]).toEqual([0, ""]);
  expect(JSON.parse(first.stdout)).toMatchObject({ set: "text", encoder: "use-lite-en@0.2.0", encoded: 6 });
  const again = await runWhygraph(["encode", "--items-only"], env);
  expect(again.stdout).toContain("0 encoded, 6 unchanged, 0 removed\nnext: whygraph train");
  const file = join(folder, "image.tsv");
  await writeFile(file, "key\tx\ty\nmovie:alien\t1\t2\nmovie:nope\t1\t2\n");
  const imported = await runWhygraph(["vectors", "import", file, "--name", "image"], env);
  expect([imported.code, imported.stderr]).toEqual([3, ""]);
  expect(imported.stdout).toMatch(
    /^vector set "image": import, 2 numbers each;.*\n {2}1 written, 0 unchanged\n {2}1 rows/,
  );
  const { sets } = JSON.parse((await runWhygraph(["vectors", "list", "--json"], env)).stdout);
  expect(sets).toMatchObject([
    { name: "image", kind: "VECTOR", dim: 2, encoded: 1 },
    { name: "text", kind: "TEXT", dim: 512, encoded: 6 },
  ]);
  expect((await runWhygraph(["vectors", "delete", "image"], env)).stdout).toBe(
    'deleted the vector set "image"\n',
  );
});

it("says which setting an encoder lacks", async () => {
  const { code, stderr } = await runWhygraph(["encode", "--encoder", "openai"], env);
  expect(code).not.toBe(0);
  expect(stderr).toBe(
    "whygraph: WHYGRAPH_EMBEDDINGS_URL is not set, which the encoder openai needs; .env.example says what it is\n",
  );
});
