import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "../../src/errors.ts";
import type { Database } from "../../src/kg/database.ts";
import { exportData } from "../../src/kg/export/exportData.ts";
import type { ExportFormat } from "../../src/kg/export/types.ts";
import { importData } from "../../src/kg/import/importData.ts";
import { isSameGraph, parseReference } from "./isSameGraph.ts";
import type { ManifestTest } from "./readManifest.ts";

const FORMATS: Readonly<Record<string, string>> = {
  nt: "N-Triples",
  nq: "N-Quads",
  ttl: "text/turtle",
  trig: "application/trig",
};

/**
 * Runs a test through the gateway: the file is imported into Postgres and exported, and what is exported must be
 * what the file says, compared by graph isomorphism; a negative test must be refused, with file, line and reason.
 * `through` are syntaxes that the graph goes through once more on its way. Gives why the test fails, or null.
 */
export async function runTest(
  db: Database,
  test: ManifestTest,
  through: readonly ExportFormat[] = [],
): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), "whygraph-conformance-"));
  try {
    await clear(db);
    const refusal = await importFile(db, { path: test.action, base: test.base, folder });
    if (test.isNegative) return refusal === null ? "it is accepted; expected to be refused" : null;
    if (refusal !== null) return `it is refused: ${refusal}`;
    const expected = await readExpected(test);
    const hasGraphs = expected.some(({ graph }) => graph.termType !== "DefaultGraph");
    for (const syntax of through) {
      if (hasGraphs && (syntax === "nt" || syntax === "ttl")) continue; // they have no graphs
      const path = join(folder, `through.${syntax}`);
      await exportData(db, { format: syntax, to: path });
      await clear(db);
      const again = await importFile(db, { path, folder });
      if (again !== null) return `its export as ${syntax} is refused: ${again}`;
    }
    const to = join(folder, "exported.nq");
    await exportData(db, { format: "nq", to });
    const text = await readFile(to, "utf8");
    return isSameGraph(parseReference(text, "N-Quads", ""), expected)
      ? null
      : `the export differs; it is\n${text}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Empties the graph; the log of changes stays. */
async function clear(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query("select open_change('clear', 'conformance')");
    for (const table of ["triple", "relation", "entity"]) await tx.query(`delete from ${table}`);
  });
}

/** Imports a file; gives why it, or a part of it, was refused, or null. */
async function importFile(
  db: Database,
  { path, base, folder }: { readonly path: string; readonly base?: string; readonly folder: string },
): Promise<string | null> {
  const rejects = join(folder, "rejects.tsv");
  try {
    const { rejected } = await importData(db, { path, base, rejects, format: "rdf" });
    return rejected === 0 ? null : await readFile(rejects, "utf8");
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  } finally {
    await rm(rejects, { force: true });
  }
}

/** What the file says, read by another parser than ours: from the result, or where there is none from itself. */
async function readExpected({ action, result, base }: ManifestTest) {
  const file = result ?? action;
  return parseReference(await readFile(file, "utf8"), FORMATS[file.replace(/^.*\./, "")] ?? "N-Quads", base);
}
