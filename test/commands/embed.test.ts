import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { runWhygraph } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-embed-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("trains an embedding, stores it, logs each epoch and goes on from its checkpoint", async () => {
  const db = await createTestDatabase();
  await insertFilms(db);
  const [checkpoint, log] = [join(folder, "films.ckpt"), join(folder, "runs")];
  const args = ["embed", "--model", "rotate", "--dimension", "8", "--epochs", "3", "--json"];
  const run = () =>
    runWhygraph([...args, "--checkpoint", checkpoint, "--log", log], { DATABASE_URL: db.url });
  const first = await run();
  expect(first).toMatchObject({ code: 0, stderr: "" });
  const record = JSON.parse(first.stdout);
  expect(record).toMatchObject({ model: "rotate", config: { dimension: 8, epochs: 3 }, dataRevision: "1" });
  const lines = (await readFile(join(log, "metrics.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).epoch)).toEqual([0, 1, 2]);
  expect((await readdir(log)).filter((name) => name.includes("tfevents"))).toHaveLength(1);
  // The checkpoint is at the end of the training: the same vectors again, and not one epoch more.
  const again = JSON.parse((await run()).stdout);
  expect([again.id, again.digest]).toEqual(["2", record.digest]);
  expect(await db.query("select model, digest from embedding order by id")).toEqual([
    { model: "rotate", digest: record.digest },
    { model: "rotate", digest: record.digest },
  ]);
});

it.each([
  [["--model", "magic"], '--model is "magic"; expected one of transe, distmult, complex, rotate'],
  [["--dimension", "7"], '--dimension is "7"; expected an even number above 0'],
  [["--epochs", "0"], '--epochs is "0"; expected a number above 0'],
])("refuses %j", async (args, message) => {
  const { code, stderr } = await runWhygraph(["embed", ...args], {});
  expect([code, stderr]).toEqual([2, `whygraph: ${message}\n`]);
});

it("says that a graph without triples has nothing to train on", async () => {
  const db = await createTestDatabase();
  const { code, stderr } = await runWhygraph(["embed"], { DATABASE_URL: db.url });
  expect([code, stderr]).toEqual([1, "whygraph: the graph has 0 triples; expected some to train on\n"]);
});
