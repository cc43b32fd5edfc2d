import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type RunningProcess, startProcess } from "../support/startProcess.ts";

const FOLDER = fileURLToPath(new URL("../peer", import.meta.url));
/** The Node that PostGraphile needs. */
export const PEER_NODE = join(FOLDER, "node_modules/.bin/node");
const INSTALL_MS = 300_000;

/**
 * Installs PostGraphile and the Node that it needs into test/bench/peer, unless they are there; gives the reason
 * where that is not possible, and else null. With `offline` it only looks.
 */
export async function installPeer({ offline }: { readonly offline: boolean }): Promise<string | null> {
  if (existsSync(join(FOLDER, "node_modules/postgraphile")) && existsSync(PEER_NODE)) return null;
  if (offline) return "it is not installed (npm run bench gateway installs it)";
  try {
    console.error("installing PostGraphile into test/bench/peer …");
    await promisify(execFile)("npm", ["ci", "--prefix", FOLDER, "--no-audit", "--no-fund"], {
      timeout: INSTALL_MS,
    });
    return existsSync(PEER_NODE) ? null : "npm ci brought no Node 24: are install scripts switched off?";
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return `npm ci failed: ${(stderr || message).trim().split("\n")[0]}`;
  }
}

export interface RunningPeer extends RunningProcess {
  readonly url: string;
  /** Versions of PostGraphile and of the Node that runs it. */
  readonly version: string;
}

/** Starts PostGraphile in production settings on a database, with as many connections to it as the gateway has. */
export async function startPeer(databaseUrl: string, poolSize: number): Promise<RunningPeer> {
  const running = await startProcess({
    command: PEER_NODE,
    args: ["server.mjs"],
    cwd: FOLDER,
    env: {
      DATABASE_URL: databaseUrl,
      POOL_SIZE: String(poolSize),
      NODE_ENV: "production",
      GRAPHILE_ENV: "production",
    },
    ready: /(PostGraphile \S+ on Node \S+ serves http:\S+\/graphql)/,
  });
  const [, version, url] = /^(.+) serves (http:\S+)$/.exec(running.found)!;
  return { ...running, url, version };
}
