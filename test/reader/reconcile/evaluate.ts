import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importData } from "../../../src/kg/import/importData.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { openGazetteer } from "../../../src/reader/openGazetteer.ts";
import { openReconciler } from "../../../src/reader/reconcile/openReconciler.ts";
import { printTable } from "../../bench/support/printTable.ts";
import { withThrowawayDatabase } from "../../bench/support/throwawayDatabase.ts";
import { FILMS } from "../../support/demoFilms.ts";
import { judgeMatches, matchEqualNames, readLabelled } from "./judgeMatches.ts";

const LABELLED = fileURLToPath(new URL("./labelled.tsv", import.meta.url));
const HEADER = [
  "half, matched by",
  "names",
  "mean one",
  "matched",
  "right",
  "precision",
  "recall",
  "first",
  "in five",
];

/**
 * Prints how well names of other people's tables are matched with the demo graph, each half of the labelled set by
 * itself, beside taking names and aliases that are equal and unique. Limits were chosen on the dev half; `--misses`
 * prints what went wrong there.
 */
await withThrowawayDatabase(async (db) => {
  await importData(db, { path: FILMS, rejects: join(tmpdir(), `whygraph-names-rejects-${process.pid}.tsv`) });
  await db.query("analyze");
  const snapshot = { graph: await loadSnapshot(db) };
  const readNames = openGazetteer(db, snapshot);
  const reconciler = openReconciler({ db, snapshot, readNames });
  const byEquality = matchEqualNames(await readNames());
  const labelled = readLabelled(await readFile(LABELLED, "utf8"));
  const rows: string[][] = [];
  for (const half of ["dev", "test"] as const) {
    const names = labelled.filter((one) => one.half === half);
    for (const [what, match] of [
      ["equal names", byEquality],
      ["Whygraph", reconciler.match],
    ] as const) {
      const { misses, precision, recall, ...counts } = await judgeMatches(names, match);
      const [asked, meant, matched, right, first, amongFive] = Object.values(counts).map(String);
      const shares = [precision, recall].map((share) => share.toFixed(3));
      rows.push([`${half}, ${what}`, asked, meant, matched, right, ...shares, first, amongFive]);
      if (half === "dev" && what === "Whygraph" && process.argv.includes("--misses")) {
        console.log(`${misses.join("\n")}\n`);
      }
    }
  }
  console.log(printTable(HEADER, rows));
});
