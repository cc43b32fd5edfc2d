import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { DomainError } from "../../errors.ts";
import type { Binaries } from "./binaries.ts";
import type { ClusterFolder } from "./clusterFolder.ts";
import { stopOrphan } from "./stopOrphan.ts";

const START_MS = 120_000; // after a crash Postgres first replays its log
const STOP_MS = 20_000;

/**
 * Small-memory settings for one gateway and a few commands beside it; parallel plans need a large /dev/shm. The log is
 * not compressed: this build has only pglz for it, which took a fifth of an import's time.
 */
const FLAGS = [
  ...["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60"],
  ...["shared_buffers=128MB", "work_mem=16MB", "maintenance_work_mem=128MB", "effective_cache_size=512MB"],
  ...["max_parallel_workers_per_gather=0", "max_parallel_maintenance_workers=0", "jit=off", "huge_pages=off"],
  ...["max_wal_size=1GB", "timezone=UTC", "log_timezone=UTC", "lc_messages=C"],
].flatMap((setting) => ["-c", setting]);

/**
 * Postgres runs in a session of its own, so that Ctrl-C reaches only us, and a shell waits beside it for the end
 * of its input: when we end, however we end, the pipe closes and Postgres gets a fast shutdown.
 */
const RUN_UNTIL_INPUT_ENDS = `
  exec 3<&0
  "$@" </dev/null 3<&- & server=$!
  ( read -r line <&3; kill -INT "$server" ) 2>/dev/null & watch=$!
  exec 3<&-
  wait "$server"; code=$?
  kill "$watch" 2>/dev/null
  exit "$code"`;

export interface RunningCluster {
  readonly port: number;
  /** Resolves when Postgres has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts Postgres on the cluster's files and waits until it answers; a free port is chosen unless one is given. */
export async function runCluster(
  folder: ClusterFolder & { readonly log: string },
  binaries: Binaries,
  options: { readonly password: string; readonly port?: number; readonly flags?: readonly string[] },
): Promise<RunningCluster> {
  const data = join(folder.base, "data");
  await stopOrphan(data);
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await findFreePort());
    const child = spawnPostgres(folder, [
      ...[binaries.postgres, "-D", data, "-p", String(port)],
      ...[...FLAGS, ...(options.flags ?? [])],
    ]);
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    try {
      await waitUntilReady(child, port, options.password);
      return { port, ended, stop: () => stopCluster(child, data, ended) };
    } catch (error) {
      await stopCluster(child, data, ended);
      const log = readTail(folder.log);
      const portTaken = /could not bind|Address already in use/.test(log);
      if (portTaken && !options.port && attempt < 5) continue; // someone took it between the look and the start
      throw explain(error, folder.log, log);
    }
  }
}

function spawnPostgres({ account, base, log }: ClusterFolder & { log: string }, command: readonly string[]) {
  const output = openSync(log, "w", 0o600);
  try {
    return spawn("sh", ["-c", RUN_UNTIL_INPUT_ENDS, "sh", ...command], {
      ...account,
      cwd: base,
      detached: true,
      stdio: ["pipe", output, output],
    });
  } finally {
    closeSync(output);
  }
}

async function waitUntilReady(child: ChildProcess, port: number, password: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("it ended while starting");
    const client = new pg.Client({
      ...{ host: "127.0.0.1", port, user: "whygraph", password, database: "postgres" },
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== "ECONNREFUSED" && code !== "57P03" && code !== "ECONNRESET") throw error;
    }
    await sleep(25);
  }
  throw new Error(`it did not answer within ${START_MS / 1000} s`);
}

async function stopCluster(child: ChildProcess, data: string, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  const stopped = await Promise.race([ended.then(() => true), sleep(STOP_MS).then(() => false)]);
  if (stopped) return;
  await stopOrphan(data);
  await ended;
}

function explain(error: unknown, path: string, log: string): DomainError {
  const fatal = log.split("\n").findLast((line) => /FATAL|PANIC|error/.test(line));
  const reason = fatal?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? (error as Error).message;
  return new DomainError("CONFIGURATION", `Postgres did not start: ${reason}; its log is ${path}`);
}

function readTail(path: string): string {
  return readFileSync(path, "utf8").slice(-8_000);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
