import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import { type ImportedShapes, importShapes } from "../kg/curation/importShapes.ts";
import type { EditResult } from "../kg/types.ts";
import { withDatabase } from "./withDatabase.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const EXIT_WITH_UNSUPPORTED = 3;
const HELP = `
Reads node shapes with a target class and their property shapes (docs/shacl.md lists what is supported) as shapes that
are checked where something is written, and by whygraph validate. What cannot be checked is listed.

Exit codes: 0 done, 1 failed, 2 called wrongly, 3 imported, with parts that are not supported.

Examples:
  whygraph import-shapes films.shacl.ttl --dry-run
  whygraph import-shapes films.shacl.ttl && whygraph validate`;

/** Adds `import-shapes`: what entities must be like, out of a SHACL file. */
export function addImportShapesCommand(program: Command): void {
  program
    .command("import-shapes <file.ttl>")
    .description("read SHACL shapes, as one change")
    .option("--dry-run", "check everything and write nothing")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runCommand);
}

async function runCommand(file: string, { dryRun, json }: Options): Promise<void> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new DomainError("BAD_USER_INPUT", `${file} cannot be read: ${error.message}`);
  });
  const result = await withDatabase((db) =>
    importShapes(db, text, { actor: "whygraph import-shapes", dryRun }),
  );
  const { value, problems } = result;
  if (!value) throw new DomainError("BAD_USER_INPUT", problems.map(({ message }) => message).join("\n"));
  console.log(json ? JSON.stringify(value) : print(result, value));
  if (value.unsupported.length > 0) process.exitCode = EXIT_WITH_UNSUPPORTED;
}

function print({ change }: EditResult<unknown>, { defined, unchanged, unsupported }: ImportedShapes): string {
  const written = change ? `in change ${change.revision}` : "nothing is written";
  return [
    `${defined} ${defined === 1 ? "shape" : "shapes"} defined, ${unchanged} as they were; ${written}`,
    ...unsupported.map(({ shape, what, why }) => `not supported: ${what} of ${shape}: ${why}`),
  ].join("\n");
}
