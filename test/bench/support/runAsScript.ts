import { pathToFileURL } from "node:url";
import { type BenchOptions, readOptions } from "./options.ts";

/** Runs a benchmark where its file is the one that node was started with. */
export async function runAsScript(
  url: string,
  run: (options: BenchOptions) => Promise<unknown>,
): Promise<void> {
  const script = process.argv[1];
  if (script === undefined || url !== pathToFileURL(script).href) return;
  // Without this a signal ends the process before it can end the servers that it started.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  await run(readOptions(process.argv.slice(2)));
}
