import type { Database } from "../../src/kg/database.ts";
import type { ExportFormat } from "../../src/kg/export/types.ts";
import type { Suite } from "./readManifest.ts";
import { runTest } from "./runTest.ts";

export interface KindReport {
  passed: number;
  readonly failed: { readonly name: string; readonly reason: string }[];
}

/** Runs all tests of a suite; gives what became of them by kind. */
export async function runSuite(
  db: Database,
  { tests }: Suite,
  through: readonly ExportFormat[] = [],
): Promise<ReadonlyMap<string, KindReport>> {
  const reports = new Map<string, KindReport>();
  for (const test of tests) {
    const report = reports.get(test.kind) ?? { passed: 0, failed: [] };
    reports.set(test.kind, report);
    const reason = await runTest(db, test, through);
    if (reason === null) report.passed++;
    else report.failed.push({ name: test.name, reason });
  }
  return reports;
}
