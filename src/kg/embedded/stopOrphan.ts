import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "../../errors.ts";
import { identityOf, isAlive, isPostgresOn } from "./processIdentity.ts";

const FAST_MS = 15_000;
const IMMEDIATE_MS = 10_000;

/**
 * Stops a Postgres that still runs on `data` though the process that had started it is gone, and removes a
 * `postmaster.pid` whose process is gone or has become another program. The caller holds the folder's lock.
 */
export async function stopOrphan(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const pid = readPid(file);
  if (pid === null) return;
  const identity = identityOf(pid);
  if (identity === null || !isPostgresOn(pid, data)) {
    rmSync(file, { force: true });
    return;
  }
  for (const [signal, patience] of [
    ["SIGINT", FAST_MS],
    ["SIGQUIT", IMMEDIATE_MS],
  ] as const) {
    send(pid, signal, data);
    for (let waited = 0; waited < patience; waited += 50) {
      if (!isAlive(identity)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new DomainError(
    "UNAVAILABLE",
    `process ${pid} runs Postgres on ${data} and does not stop; end it by hand`,
  );
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function send(pid: number, signal: NodeJS.Signals, data: string): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return;
    throw new DomainError(
      "UNAVAILABLE",
      `process ${pid} already runs Postgres on ${data} and belongs to another user; ` +
        "stop it, run as that user, or name another folder with WHYGRAPH_DATA",
    );
  }
}
