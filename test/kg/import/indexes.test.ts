import { join } from "node:path";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import type { ImportResult } from "../../../src/kg/import/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpGraph } from "./support/dumpGraph.ts";
import { dumpSchema } from "./support/dumpSchema.ts";
import { makeFolder } from "./support/folders.ts";
import { makeFilms } from "./support/manyFilms.ts";

/** Imports and tells which steps the merge took. */
async function importSteps(db: Database, folder: string): Promise<ImportResult & { steps: string[] }> {
  const steps: string[] = [];
  const result = await importData(db, { path: folder, rejects: join(folder, "rejects.tsv") }, (progress) => {
    if (progress.phase === "merging") steps.push(progress.what);
  });
  return { ...result, steps };
}

// 1,000 films × (1 item + 5 triples + 5 ratings) = 11,000 records: enough for an import to make the indexes last.
it("makes the indexes of an empty graph last, and the graph and the schema are as with them in place", async () => {
  const folder = await makeFolder(makeFilms(1000));
  const [last, inPlace] = [await createTestDatabase(), await createTestDatabase()];
  const schema = await dumpSchema(last);
  expect(schema.length).toBeGreaterThan(100);
  // One entity that the films name too, so that this graph is not empty.
  await inPlace.transaction(async (db) => {
    await db.query("select open_change('test', 'tester')");
    await db.query("insert into entity (key, type, name) values ('movie:7', 'movie', 'movie:7')");
  });

  const first = await importSteps(last, folder);
  const second = await importSteps(inPlace, folder);
  expect(first.steps).toEqual(["relations", "entities", "triples", "interactions", "indexes"]);
  expect(second.steps).toEqual(["relations", "entities", "triples", "interactions"]);
  expect(await dumpSchema(last)).toEqual(schema);
  const graph = await dumpGraph(last);
  expect(graph.triples).toHaveLength(5000);
  expect(await dumpGraph(inPlace)).toEqual(graph);
  expect(await countLog(last)).toEqual(await countLog(inPlace));

  const again = await importSteps(last, folder);
  expect(again.steps).not.toContain("indexes");
  expect(again.unchanged).toEqual({ ...first.inserted, relations: 1 });
});

it("keeps the indexes in place while someone reads the tables, and does not wait for the end of it", async () => {
  const folder = await makeFolder(makeFilms(1000));
  const db = await createTestDatabase();
  await db.transaction(async (reader) => {
    expect(await reader.query("select id from triple")).toEqual([]); // holds a lock until the transaction ends
    const { steps, inserted } = await importSteps(db, folder);
    expect(steps).not.toContain("indexes");
    expect(inserted.triples).toBe(5000);
    expect(await reader.query("select count(*)::int from triple")).toEqual([{ count: 5000 }]);
  });
});

it("lets a search use the index at once, without a list of names that wait to be sorted in", async () => {
  const db = await createTestDatabase();
  for (const count of [100, 1200]) {
    const folder = await makeFolder(makeFilms(count)); // 1,100 records, then 13,200 into a graph that is not empty
    await importSteps(db, folder);
    expect(await db.query("select gin_clean_pending_list('entity_search_trigrams') as pages")).toEqual([
      { pages: "0" },
    ]);
    expect(await db.query("select gin_clean_pending_list('entity_search_words') as pages")).toEqual([
      { pages: "0" },
    ]);
  }
});

/** Rows of the log by what they log, and how many entities have which degree. */
async function countLog(db: Database): Promise<unknown[]> {
  return [
    await db.query("select subject, count(distinct subject_id)::int from change_row group by 1 order by 1"),
    await db.query("select count(head_id)::int as heads, count(tail_id)::int as tails from change_row"),
    await db.query("select degree, count(*)::int from entity_degree group by 1 order by 1"),
  ];
}
