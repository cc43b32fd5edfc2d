import type { Command } from "commander";
import { type Validation, validateGraph } from "../kg/shapes/validateGraph.ts";
import type { Finding } from "../kg/types.ts";
import { readCount } from "./readCount.ts";
import { withDatabase } from "./withDatabase.ts";

interface Options {
  readonly json?: boolean;
  readonly show: string;
}
type Shown = Omit<Finding, "id">;

const HELP = `
Checks the whole graph against the rules of its relations (domain, range, most per head, symmetric) and its shapes,
and writes nothing. Exits with 1 where it finds an error; warnings alone exit with 0.

Examples:
  whygraph validate
  whygraph validate --show 500 --json`;

/** Adds `validate`: is the graph as its relations and shapes say? */
export function addValidateCommand(program: Command): void {
  program
    .command("validate")
    .description("check the graph against the rules of its relations and its shapes")
    .option("--show <n>", "findings to print", "20")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runCommand);
}

async function runCommand({ json, show }: Options): Promise<void> {
  const most = readCount("--show", show);
  const findings: Shown[] = [];
  const validation = await withDatabase((db) =>
    validateGraph(db, {
      onFindings: (page) => {
        findings.push(...page.slice(0, most - findings.length));
      },
    }),
  );
  console.log(json ? JSON.stringify({ ...validation, findings }) : print(validation, findings));
  if (validation.counts.some(({ severity }) => severity === "ERROR")) process.exitCode = 1;
}

function print({ revision, entities, triples, counts }: Validation, findings: readonly Shown[]): string {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const lines = [
    `${entities} entities and ${triples} live triples at revision ${revision}: ${total === 0 ? "all as they should be" : `${total} findings`}`,
    ...counts.map(
      ({ count, severity, code, shape }) => `${String(count).padStart(8)}  ${severity}  ${shape ?? code}`,
    ),
    ...findings.map(({ severity, message }) => `${severity}: ${message}`),
  ];
  return lines.join("\n");
}
