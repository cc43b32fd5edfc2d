import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { DomainError } from "../errors.ts";

const HELP = `
It starts the embedded Postgres (unless DATABASE_URL is set), brings its tables up to date, loads the demo graph
into an empty database, fits a model if there is none, and serves until Ctrl-C.

Examples:
  whygraph serve
  PORT=8080 WHYGRAPH_DEMO=off whygraph serve
  whygraph serve --workers 4
  DATABASE_URL=postgres://me:secret@db.example:5432/films whygraph serve`;

const MOST_WORKERS = 64;

function readWorkers(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_WORKERS) return Number(text);
  throw new DomainError(
    "BAD_USER_INPUT",
    `--workers is "${text}"; expected a number from 1 to ${MOST_WORKERS}`,
  );
}

/** Adds `serve`: the gateway. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("serve the graph and its recommendations over GraphQL (npm start)")
    .option(
      "--workers <count>",
      "processes that share the port and the database, each with its own snapshot",
      "1",
    )
    .addHelpText("after", HELP)
    .action(async ({ workers }: { readonly workers: string }) => {
      const { runServer } = await import("../main.ts"); // the other commands need none of it
      await runServer(readConfig(), readWorkers(workers));
    });
}
