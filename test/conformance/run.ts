import { stat } from "node:fs/promises";
import { Command } from "commander";
import type { ExportFormat } from "../../src/kg/export/types.ts";
import { printTable } from "../bench/support/printTable.ts";
import { withThrowawayDatabase } from "../bench/support/throwawayDatabase.ts";
import { readSuite } from "./readManifest.ts";
import { runSuite } from "./runSuite.ts";

const HELP = `
The folder holds the W3C's test suites of RDF syntaxes, or others in the same form: every manifest.ttl in it is run.
Positive tests and those with a result go through import → Postgres → export and are compared by graph isomorphism;
negative ones must be refused. Exit code 1 where one fails.

Examples:
  npm run conformance -- ../rdf-tests/rdf/rdf11
  npm run conformance -- test/conformance/suite --through nt,ttl,trig,jsonld`;

interface Options {
  readonly through?: string;
  readonly json?: boolean;
}

await new Command("conformance")
  .argument("<folder>", "folder with manifest.ttl, or with folders that have one")
  .option("--through <syntaxes>", "also export to these one after the other, and import them again")
  .option("--json", "print the result as JSON")
  .addHelpText("after", HELP)
  .action(async (folder: string, { through, json }: Options) => {
    if (!(await stat(folder).catch(() => null))?.isDirectory()) {
      throw new Error(`there is no folder ${folder}; expected one with a manifest.ttl`);
    }
    const suite = await readSuite(folder);
    if (suite.tests.length === 0)
      throw new Error(`no test in ${folder}; expected a manifest.ttl with mf:entries`);
    const syntaxes = (through?.split(",") ?? []) as ExportFormat[];
    const reports = await withThrowawayDatabase((db) => runSuite(db, suite, syntaxes));
    const failed = [...reports.values()].flatMap((report) => report.failed);
    if (failed.length > 0) process.exitCode = 1;
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ reports: Object.fromEntries(reports), skipped: Object.fromEntries(suite.skipped) }, null, 2)}\n`,
      );
      return;
    }
    const rows = [...reports]
      .sort()
      .map(([kind, { passed, failed }]) => [kind, `${passed}`, `${failed.length}`]);
    process.stdout.write(`${printTable(["kind", "passed", "failed"], rows)}\n`);
    for (const [kind, count] of suite.skipped) process.stdout.write(`not run: ${count} of kind ${kind}\n`);
    for (const { name, reason } of failed) process.stdout.write(`\n${name}: ${reason}\n`);
  })
  .parseAsync();
