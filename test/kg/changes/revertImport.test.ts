import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { makeFolder } from "../import/support/folders.ts";
import { makeFilms } from "../import/support/manyFilms.ts";
import { dumpRows } from "./dumpRows.ts";

const actor = "anna";
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
});

const interactions = () =>
  db.query(
    `select user_key, item_id, kind, weight, at, split from interaction order by user_key, item_id, at, kind`,
  );

it("undoes an import with the interactions that came with it, and brings all of it back", async () => {
  const curation = createCuration(db);
  const [graph, known] = [await dumpRows(db), await interactions()];
  const { revision } = await importData(db, {
    path: await makeFolder(makeFilms(100)), // 100 films, 500 triples, 500 ratings of 180 users
    rejects: join(tmpdir(), `whygraph-revert-rejects-${process.pid}.tsv`),
  });
  const [imported, all] = [await dumpRows(db), await interactions()];
  expect(all.length).toBe(known.length + 500);

  const undone = await curation.revertChange(revision, { actor });
  expect(undone.problems).toEqual([]);
  expect(await dumpRows(db)).toEqual(graph);
  expect(await interactions()).toEqual(known); // those of before stay

  const again = await curation.revertChange(undone.change!.revision, { actor });
  expect(again.problems).toEqual([]);
  expect(await dumpRows(db)).toEqual(imported);
  expect(await interactions()).toEqual(all);
  expect(await db.query("select count(*)::int as count from interaction_aside")).toEqual([{ count: 0 }]);

  // Somebody does something with an imported film: now it cannot go.
  const [{ key }] = await db.query<{ key: string }>(
    "select e.key from entity e where is_item and id = (select max(item_id) from interaction)",
  );
  await curation.recordInteractions([{ user: "new", item: key }], { actor });
  const refused = await curation.revertChange(again.change!.revision, { actor });
  expect(refused.problems).toMatchObject([{ code: "CHANGE_CONFLICT" }]);
  expect(refused.problems[0].message).toMatch(/cannot go: rows outside the graph need it \(interaction: 1\)/);
  await curation.forgetUser("new");
  expect((await curation.revertChange(again.change!.revision, { actor })).problems).toEqual([]);
  expect(await dumpRows(db)).toEqual(graph);

  // A user who is forgotten meanwhile does not come back with the import.
  const [{ user }] = await db.query<{ user: string }>("select min(user_key) as user from interaction_aside");
  expect(await curation.forgetUser(user)).toBeGreaterThan(0);
  const [{ revision: last }] = await db.query<{ revision: string }>("select revision from graph");
  expect((await curation.revertChange(last, { actor })).problems).toEqual([]);
  expect(
    await db.query("select count(*)::int as count from interaction where user_key = $1", [user]),
  ).toEqual([{ count: 0 }]);
  expect(await auditLog(db)).toMatchObject({ broken: null, drift: { count: 0 } });
}, 120_000);
