import "reflect-metadata";
import { CommanderError } from "commander";
import { buildProgram } from "./commands/buildProgram.ts";
import { describeFailure } from "./commands/describeFailure.ts";

// A reader that has enough (| head) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const json = process.argv.includes("--json");
try {
  await buildProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0)
    process.exitCode = 0; // --help, --version
  else {
    const failure = describeFailure(error);
    if (json) console.log(JSON.stringify({ error: { code: failure.code, message: failure.message } }));
    console.error(`whygraph: ${failure.message}`);
    if (failure.stack) console.error(failure.stack);
    process.exitCode = failure.exitCode;
  }
}
