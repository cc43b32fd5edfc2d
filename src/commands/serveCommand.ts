import type { Command } from "commander";
import { readConfig } from "../config.ts";

const HELP = `
It starts the embedded Postgres (unless DATABASE_URL is set), brings its tables up to date, loads the demo graph
into an empty database, fits a model if there is none, and serves until Ctrl-C.

Examples:
  whygraph serve
  PORT=8080 WHYGRAPH_DEMO=off whygraph serve
  DATABASE_URL=postgres://me:secret@db.example:5432/films whygraph serve`;

/** Adds `serve`: the gateway. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("serve the graph and its recommendations over GraphQL (npm start)")
    .addHelpText("after", HELP)
    .action(async () => {
      const { runServer } = await import("../main.ts"); // the other commands need none of it
      await runServer(readConfig());
    });
}
