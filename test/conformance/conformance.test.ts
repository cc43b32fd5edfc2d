import { copyFile, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { exportData } from "../../src/kg/export/exportData.ts";
import type { ExportFormat } from "../../src/kg/export/types.ts";
import { importData } from "../../src/kg/import/importData.ts";
import { makeFolder } from "../kg/import/support/folders.ts";
import { createTestDatabase } from "../support/database.ts";
import { isSameGraph, parseReference } from "./isSameGraph.ts";
import { type ManifestTest, readSuite } from "./readManifest.ts";
import { runSuite } from "./runSuite.ts";

const SUITE = "test/conformance/suite";
const { tests } = await readSuite(SUITE);
// What these say depends on where they lie; the runner tells them.
const [moved, others] = [true, false].map((moves) =>
  tests.filter((test) => /^(turtle\/test-base|json-ld\/base)$/.test(test.name) === moves),
);
const positive = others.filter(({ isNegative }) => !isNegative);
const negative = others.filter(({ isNegative }) => isNegative);
const isOfLines = ({ action }: ManifestTest) => /\.n[tq]$/.test(action);

it("gives every statement of the suite back through Postgres, and through TriG and JSON-LD", async () => {
  await sendThrough(positive, ["trig", "jsonld"]);
}, 180_000);

it("gives every statement without a graph back through N-Triples and Turtle", async () => {
  await sendThrough(
    positive.filter(({ name }) => /^(n-triples|turtle)/.test(name)),
    ["nt", "ttl"],
  );
}, 180_000);

it("refuses every bad line of N-Triples and N-Quads with its place and reason, and goes on", async () => {
  const db = await createTestDatabase();
  const bad = negative.filter(isOfLines);
  const folder = await makeFolder();
  for (const test of bad) await copyFile(test.action, join(folder, placeOf(test)));
  await writeFile(join(folder, "zz-good.nt"), "<http://e/s> <http://e/p> <http://e/o> .\n");
  const result = await importInto(db, folder);
  const rows = (await readFile(result.rejectsFile ?? "", "utf8")).trim().split("\n").slice(1);
  expect(new Set(rows.map((row) => row.split("\t")[0]))).toEqual(new Set(bad.map(placeOf)));
  for (const row of rows) expect(row).toMatch(/^bad[^\t]*\t[1-9]\d*\t[^\t]{10,}\t/);
  expect(await db.query("select count(*)::int from triple")).toEqual([{ count: 1 }]);
}, 60_000);

it("refuses bad documents of Turtle, TriG and JSON-LD with a reason, and imports nothing of them", async () => {
  const db = await createTestDatabase();
  for (const { action, name } of negative.filter((test) => !isOfLines(test))) {
    const outcome = await importInto(db, action).then(
      async ({ rejected, rejectsFile }) => (rejected > 0 ? readFile(rejectsFile ?? "", "utf8") : "accepted"),
      (error: Error) => error.message,
    );
    expect([name, outcome]).toEqual([
      name,
      expect.stringMatching(new RegExp(`${basename(action)}.*\\b(expected|found)`, "s")),
    ]);
  }
  expect(await db.query("select count(*)::int from triple")).toEqual([{ count: 0 }]);
}, 120_000);

it("is run by manifest: relative IRIs have the assumed base, and what is wrong is told", async () => {
  const db = await createTestDatabase();
  const passed = await runSuite(db, { tests: moved, skipped: new Map() }, ["jsonld"]);
  expect([...passed]).toEqual([
    ["JSONLDEval", { passed: 1, failed: [] }],
    ["TurtleEval", { passed: 1, failed: [] }],
  ]);
  const [collections] = tests.filter(({ name }) => name === "turtle/collections");
  const [accepted] = tests.filter(({ name }) => name === "turtle/anonymous");
  const [refused] = tests.filter(({ name }) => name === "turtle/bad-no-dot");
  const wrong: readonly ManifestTest[] = [
    { ...collections, result: accepted.result },
    { ...accepted, isNegative: true },
    { ...refused, isNegative: false },
  ];
  const failed = await runSuite(db, { tests: wrong, skipped: new Map() });
  expect(
    [...failed.values()].flatMap((report) => report.failed.map(({ reason }) => reason.split(/[:;]/)[0])),
  ).toEqual(["the export differs", "it is accepted", "it is refused"]);
}, 60_000);

/** Imports the files of all tests at once, exports them to each syntax, imports that and compares what comes out. */
async function sendThrough(tests: readonly ManifestTest[], syntaxes: readonly ExportFormat[]): Promise<void> {
  const db = await createTestDatabase();
  const folder = await makeFolder();
  for (const test of tests) await copyFile(test.action, join(folder, placeOf(test)));
  expect(await importInto(db, folder)).toMatchObject({ rejected: 0, files: { length: tests.length } });

  const expected = (await Promise.all(tests.map(readExpected))).flat();
  expect(expected.length).toBeGreaterThan(600);
  expect(isSameGraph(await readAll(db), expected)).toBe(true);
  for (const syntax of syntaxes) {
    const again = await createTestDatabase();
    expect(await importInto(again, await exportAs(db, syntax))).toMatchObject({ rejected: 0 });
    expect([syntax, isSameGraph(await readAll(again), expected)]).toEqual([syntax, true]);
  }
}

async function readAll(db: Database) {
  return parseReference(await readFile(await exportAs(db, "nq"), "utf8"), "N-Quads", "");
}

/** A name of the file that no other has, so that blank nodes of different files differ. */
function placeOf({ action }: ManifestTest): string {
  const [name, suite] = action.split("/").reverse();
  return name.replace(/\.(\w+)$/, `.${suite}.$1`);
}

async function readExpected({ action, result, base }: ManifestTest, index: number) {
  const file = result ?? action;
  const format = file.endsWith(".nq") ? "N-Quads" : "N-Triples";
  const text = await readFile(file, "utf8");
  // Blank nodes of different files differ.
  const apart = text.replace(/(^|[\s>])_:(?=[^"]*$|[^"]*"[^"]*"[^"]*$)/gm, `$1_:f${index}.`);
  return parseReference(apart, format, base);
}

async function importInto(db: Database, path: string) {
  return importData(db, { path, format: "rdf", rejects: join(await makeFolder(), "rejects.tsv") });
}

async function exportAs(db: Database, format: ExportFormat): Promise<string> {
  const to = join(await makeFolder(), `graph.${format}`);
  await exportData(db, { format, to });
  return to;
}
