import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";

/**
 * Gives what tells a living process from a later one with the same number: its number and the time it started.
 * Null where no such process lives; a zombie does not live.
 */
export function identityOf(pid: number): string | null {
  const started = process.platform === "linux" ? readProc(pid) : readPs(pid);
  return started === null ? null : `${pid}@${started}`;
}

/** Whether the process behind an identity still lives. */
export function isAlive(identity: string): boolean {
  return identityOf(Number.parseInt(identity, 10)) === identity;
}

/** Whether a living process is the Postgres that works in `data`; it does so in its working directory. */
export function isPostgresOn(pid: number, data: string): boolean {
  if (process.platform !== "linux") {
    const command = runPs(pid, "command=");
    return command.includes("postgres") && command.includes(data);
  }
  try {
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false; // ended meanwhile, or another user's: the data folder is for its own user only
  }
}

function readProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name may hold spaces and brackets
    return fields[0] === "Z" ? null : fields[19]; // proc(5), field 22: start time in ticks since boot
  } catch {
    return null;
  }
}

function readPs(pid: number): string | null {
  const [state, ...started] = runPs(pid, "stat=,lstart=").split(/\s+/);
  return !state || state.startsWith("Z") ? null : started.join(" ");
}

function runPs(pid: number, columns: string): string {
  return (spawnSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8" }).stdout ?? "").trim();
}
