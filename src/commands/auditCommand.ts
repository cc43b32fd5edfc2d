import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { loadActiveModel } from "../kg/models/loadModel.ts";
import { readHistories } from "../kg/models/readHistories.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { unpackModel } from "../ranker/weights.ts";
import { type AuditReport, runAudit } from "./audit/runAudit.ts";
import { readCount } from "./readCount.ts";
import { withDatabase } from "./withDatabase.ts";

interface Options {
  readonly pairs: string;
  readonly deletions: string;
  readonly seed: string;
  readonly json?: boolean;
}

const HELP = `
Draws user-item pairs, adds their evidence up, deletes triples for real in Postgres (rolled back) and compares
the change of the score with what the explanation said.

Examples:
  whygraph audit
  whygraph audit --pairs 5000 --deletions 500 --json`;

/** Adds `audit`: are the explanations true? */
export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description("measure how faithful the explanations of the active model are")
    .option("--pairs <n>", "user-item pairs to add up", "1000")
    .option("--deletions <n>", "triples to delete and bring back", "200")
    .option("--seed <n>", "seed of the draw", "1")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      const sizes = {
        pairs: readCount("--pairs", options.pairs),
        deletions: readCount("--deletions", options.deletions),
        seed: readCount("--seed", options.seed),
      };
      const report = await withDatabase((db) => audit(db, sizes));
      console.log(options.json ? JSON.stringify(report) : printReport(report));
    });
}

async function audit(
  db: Database,
  sizes: { readonly pairs: number; readonly deletions: number; readonly seed: number },
): Promise<AuditReport> {
  const stored = await loadActiveModel(db);
  if (!stored) throw new DomainError("NOT_FOUND", "there is no active model; run whygraph train first");
  const graph = await loadSnapshot(db);
  const histories = await readHistories(db, graph);
  return runAudit({ db, graph, histories, info: stored.record, model: unpackModel(stored.artifact) }, sizes);
}

function printReport(report: AuditReport): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const rows: [string, string][] = [
    ["model, graph revision", `${report.model}, ${report.revision}`],
    ["pairs", String(report.pairs)],
    ["completeness error, largest", report.completenessError.toExponential(1)],
    ["explained fraction, mean", percent(report.explainedFraction)],
    ["steps whose triple is live", percent(report.liveSteps)],
    ...Object.entries(report.comprehensiveness).map(([count, { strongest, random }]): [string, string] => [
      `comprehensiveness at ${count}`,
      `${percent(strongest)} (random paths ${percent(random)})`,
    ]),
    ["triples deleted", String(report.deletions)],
    ["deletion error, degrees of the model", report.deletionErrorFrozen.toExponential(1)],
    ["deletion error, degrees counted anew", report.deletionErrorRecomputed.toExponential(1)],
    ["Spearman, degrees counted anew", report.spearmanRecomputed.toFixed(4)],
    ["same sign", percent(report.signAgreement)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(40)}${value}`).join("\n");
}
