import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { importData } from "../../../src/kg/import/importData.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { openGazetteer } from "../../../src/reader/openGazetteer.ts";
import { openReconciler } from "../../../src/reader/reconcile/openReconciler.ts";
import type { Reconciler } from "../../../src/reader/reconcile/types.ts";
import type { Gazetteer } from "../../../src/text/Gazetteer.ts";
import { createTestDatabase } from "../../support/database.ts";
import { FILMS } from "../../support/demoFilms.ts";
import { judgeMatches, type LabelledName, matchEqualNames, readLabelled } from "./judgeMatches.ts";

let names: Gazetteer;
let reconciler: Reconciler;
let labelled: readonly LabelledName[];
beforeAll(async () => {
  const db = await createTestDatabase();
  const rejects = join(tmpdir(), `whygraph-names-rejects-${process.pid}.tsv`);
  expect((await importData(db, { path: FILMS, rejects })).rejected).toBe(0);
  await db.query("analyze entity");
  const snapshot = { graph: await loadSnapshot(db) };
  const readNames = openGazetteer(db, snapshot);
  names = await readNames();
  reconciler = openReconciler({ db, snapshot, readNames });
  labelled = readLabelled(await readFile(fileURLToPath(new URL("./labelled.tsv", import.meta.url)), "utf8"));
});

it("labels enough names, of entities that there are", () => {
  const keys = new Set([...names.entities()].map(({ key }) => key));
  const meant = labelled.flatMap(({ entity }) => entity ?? []);
  expect(labelled.length).toBeGreaterThanOrEqual(100);
  expect(meant.filter((key) => !keys.has(key))).toEqual([]);
  expect(labelled.length - meant.length).toBeGreaterThanOrEqual(20);
});

// What `npm run evaluate:reconcile` printed, less two names.
it.each([
  { half: "dev", precision: 0.95, recall: 0.85 },
  { half: "test", precision: 0.93, recall: 0.85 },
])("matches the $half half as well as is told", async ({ half, precision, recall }) => {
  const report = await judgeMatches(
    labelled.filter((one) => one.half === half),
    reconciler.match,
  );
  expect(report.precision).toBeGreaterThanOrEqual(precision);
  expect(report.recall).toBeGreaterThanOrEqual(recall);
  expect(report.amongFive).toBeGreaterThanOrEqual(report.meant - 2);
});

it("judges by hand-made names as arithmetic says", async () => {
  const ask = (name: string, entity: string | null): LabelledName => ({
    ...{ half: "dev", kind: "", name, types: ["movie"], properties: {}, entity },
  });
  const report = await judgeMatches(
    [
      ask("alien", "movie:alien-1979"), // right
      ask("Blade Runner", "movie:alien-1979"), // wrong
      ask("Bladerunner", "movie:blade-runner-1982"), // not matched
      ask("Rashomon", null), // rightly not matched
    ],
    matchEqualNames(names),
  );
  // 2 matched, 1 of them rightly; 3 mean an entity, one of which is found.
  expect(report).toMatchObject({ names: 4, meant: 3, matched: 2, right: 1, precision: 1 / 2, recall: 1 / 3 });
  expect(report).toMatchObject({ first: 1, amongFive: 1 });
  expect(report.misses.map((miss) => miss.split(";")[0])).toEqual([
    ' "Blade Runner": expected movie:alien-1979',
    ' "Bladerunner": expected movie:blade-runner-1982',
  ]);
});
