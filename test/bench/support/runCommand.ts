import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Json } from "./askGraphql.ts";

const LIMIT_MS = 1_800_000;

/**
 * Runs `whygraph <args> --json` on a database as a process of its own, and gives what it printed.
 * @throws {Error} where it ends with another code than 0
 */
export async function runCommand(args: readonly string[], databaseUrl: string): Promise<Json> {
  const { PATH = "", HOME = "" } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ["dist/src/cli.js", ...args, "--json"], {
    env: { PATH, HOME, DATABASE_URL: databaseUrl },
    timeout: LIMIT_MS,
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}
