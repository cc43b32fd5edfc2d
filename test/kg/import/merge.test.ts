import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "../../../src/kg/database.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpGraph } from "./support/dumpGraph.ts";
import { FILMS, makeFolder, tsv } from "./support/folders.ts";

// An import skips the checks of foreign keys where it may; whatever else hangs on a write must fire all the same.
it("finds every trigger of the graph's tables enabled in every session", async () => {
  const db = await createTestDatabase();
  const triggers = await db.query<{ name: string; enabled: string }>(`
    select tgrelid::regclass || '.' || tgname as name, tgenabled as enabled from pg_trigger
     where not tgisinternal and tgrelid = any ('{entity,relation,triple,interaction,change,change_row}'::regclass[])`);
  expect(triggers.length).toBeGreaterThan(10);
  expect(triggers.filter(({ enabled }) => enabled !== "A")).toEqual([]);
});

it("counts degrees and checks foreign keys in the same session afterwards", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder(FILMS);
  await importData(db, { path: folder, rejects: join(folder, "rejects.tsv") });
  // directed_by twice at person:1, has_genre and directed_by at movie:1
  expect(
    await db.query("select key, degree from entity_degree join entity on id = entity_id order by key"),
  ).toEqual([
    { key: "genre:horror", degree: 1 },
    { key: "movie:1", degree: 2 },
    { key: "movie:2", degree: 1 },
    { key: "person:1", degree: 2 },
  ]);
  for (let connection = 0; connection < 8; connection++) {
    await expect(db.query("insert into interaction (user_key, item_id) values ('u', 999)")).rejects.toThrow(
      /foreign key/,
    );
  }
});

it("imports as a role that owns nothing and may skip nothing, with the same result", async () => {
  const admin = await createTestDatabase();
  const role = `importer_${process.pid}`;
  await admin.query(`create role ${role} login password 'secret'`);
  await admin.query(`grant select, insert, update on all tables in schema public to ${role}`);
  const url = new URL(admin.url);
  url.username = role;
  url.password = "secret";
  const db = await openDatabase(url.href, { migrate: false });
  const folder = await makeFolder(FILMS);
  const options = { path: folder, rejects: join(folder, "rejects.tsv") };
  try {
    await importData(db, options);
    const other = await createTestDatabase();
    await importData(other, options);
    expect(await dumpGraph(db)).toEqual(await dumpGraph(other));
  } finally {
    await db.close();
    await admin.query(`drop owned by ${role}`);
    await admin.query(`drop role ${role}`);
  }
});

it("lets two imports of the same and of other data run at once", async () => {
  const db = await createTestDatabase();
  const films = await makeFolder(FILMS);
  const more = await makeFolder({
    "triples.tsv": tsv(["head", "relation", "tail"], ["movie:3", "directed_by", "person:1"]),
  });
  const run = (path: string) => importData(db, { path, rejects: join(path, "rejects.tsv") });
  const results = await Promise.all([run(films), run(more), run(films), run(more)]);
  const inserted = results.reduce((sum, one) => sum + one.inserted.triples, 0);
  expect(inserted).toBe(4);
  expect(await db.query("select count(*)::int from triple")).toEqual([{ count: 4 }]);
  expect(await db.query("select revision from change order by 1")).toEqual([
    { revision: "1" },
    { revision: "2" },
  ]);
});

it("keeps what an export states about a merged entity, and what others state about its survivor", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder({
    "entities.tsv": tsv(
      ["entity", "name", "type", "merged_into"],
      ["a", "A", "t", "b"],
      ["b", "B", "t", "c"],
      ["c", "C", "t", ""],
      ["x", "X", "t", "y"],
      ["y", "Y", "t", "x"],
    ),
    "triples.tsv": tsv(["head", "relation", "tail"], ["a", "r", "c"]),
  });
  await importData(db, { path: folder, rejects: join(folder, "rejects.tsv") });
  expect((await dumpGraph(db)).entities).toMatchObject([
    { key: "a", merged_into: "b" },
    { key: "b", merged_into: "c" },
    { key: "c", merged_into: null },
    // a circle has no survivor: the first by key stays, the other is merged into it
    { key: "x" },
    { key: "y" },
  ]);
  // a is merged into b, and b into c: the triple is from c to c
  expect((await dumpGraph(db)).triples).toMatchObject([{ head: "c", relation: "r", tail: "c" }]);
});
