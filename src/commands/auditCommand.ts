import { basename, dirname } from "node:path";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import { auditLog } from "../kg/changes/chain/auditLog.ts";
import type { Database } from "../kg/database.ts";
import { loadActiveModel, loadModel, type StoredModel } from "../kg/models/loadModel.ts";
import { readHistories } from "../kg/models/readHistories.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { unpackModel } from "../ranker/weights.ts";
import { drawAudit, formatAudit, printAudit } from "./audit/formatAudit.ts";
import { printLogAudit } from "./audit/printLogAudit.ts";
import { runAudit } from "./audit/runAudit.ts";
import type { AuditReport, LoadedModel } from "./audit/types.ts";
import { readCount } from "./readCount.ts";
import { withDatabase } from "./withDatabase.ts";
import { describeCommand, describeMachine, writeResult } from "./writeResult.ts";

interface Options {
  readonly pairs: string;
  readonly deletions: string;
  readonly seed: string;
  readonly against?: string;
  readonly log?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

const HELP = `
Draws user-item pairs, adds their evidence up, deletes triples for real in Postgres (rolled back) and compares
the change of the score with what the explanation said.
With --log it audits the change log instead: computes the chain of hashes anew, names the first broken link, and
compares the graph with what the log says. Exits with 1 where they do not fit. Keep the newest revision and hash
elsewhere: they show later that the log was not cut off or written anew.

Examples:
  whygraph audit
  whygraph audit --log --json
  whygraph audit --pairs 5000 --deletions 500 --json
  whygraph train --seed 2 && whygraph audit --against 1 --out docs/results/audit-films.md`;

/** Adds `audit`: are the explanations true, and is the change log whole? */
export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description("measure how faithful the explanations of the active model are, or verify the change log")
    .option("--pairs <n>", "user-item pairs to add up", "1000")
    .option("--deletions <n>", "triples to delete and bring back", "200")
    .option("--seed <n>", "seed of the draw", "1")
    .option("--against <id>", "another stored model, whose strongest paths are compared")
    .option("--log", "verify the change log instead: its chain of hashes, and that the graph is what it says")
    .option("--json", "print the result as JSON")
    .option("--out <file.md>", "also write the result there, and its figure beside it")
    .addHelpText("after", HELP)
    .action(runCommand);
}

async function runCommand(options: Options): Promise<void> {
  if (options.log) return verifyLog(options);
  const sizes = {
    pairs: readCount("--pairs", options.pairs),
    deletions: readCount("--deletions", options.deletions),
    seed: readCount("--seed", options.seed),
  };
  const { out } = options;
  if (out !== undefined && !/[^/]\.md$/.test(out)) {
    throw new DomainError("BAD_USER_INPUT", `--out is "${out}"; expected a file that ends with .md`);
  }
  const report = await withDatabase((db) => audit(db, { ...sizes, against: options.against }));
  if (out !== undefined) await write(report, out);
  console.log(options.json ? JSON.stringify(report) : printAudit(report));
}

async function verifyLog({ json }: Options): Promise<void> {
  const report = await withDatabase(auditLog);
  console.log(json ? JSON.stringify(report) : printLogAudit(report));
  if (report.broken || report.drift.count > 0) process.exitCode = 1;
}

async function audit(
  db: Database,
  {
    against,
    ...sizes
  }: {
    readonly pairs: number;
    readonly deletions: number;
    readonly seed: number;
    readonly against: string | undefined;
  },
): Promise<AuditReport> {
  const stored = await loadActiveModel(db);
  if (!stored) throw new DomainError("NOT_FOUND", "there is no active model; run whygraph train first");
  const other = against === undefined ? null : await loadModel(db, against);
  if (against !== undefined && !other) {
    throw new DomainError("NOT_FOUND", `--against is "${against}"; expected the id of a stored model`);
  }
  const graph = await loadSnapshot(db);
  const histories = await readHistories(db, graph);
  return runAudit({ db, graph, histories, ...unpack(stored), other: other && unpack(other) }, sizes);
}

function unpack({ record, artifact }: StoredModel): LoadedModel {
  return { info: record, model: unpackModel(artifact) };
}

async function write(report: AuditReport, out: string): Promise<void> {
  const name = basename(out, ".md");
  const markdown = formatAudit(report, {
    ...{ name: name.replace(/^audit-/, ""), figure: `${name}.svg` },
    ...{ command: describeCommand(), machine: describeMachine() },
  });
  await writeResult(dirname(out), { name, markdown, figure: drawAudit(report) });
}
