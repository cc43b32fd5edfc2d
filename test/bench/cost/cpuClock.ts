import { readFileSync } from "node:fs";
import type { Database } from "../../../src/kg/database.ts";

/**
 * Makes a clock of the CPU time, in milliseconds, of a server's main thread and of all that Postgres does for it: what
 * a request takes of the machine, whatever else the machine does meanwhile. Null where the system tells no such times.
 */
export async function makeCpuClock(server: number, database: Database): Promise<(() => number) | null> {
  const rows = await database.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
  );
  const files = [server, ...rows.map(({ pid }) => pid)].map((pid) => `/proc/${pid}/schedstat`);
  const last = new Map<string, number>(); // a connection that was closed meanwhile keeps what it has used
  const clock = () => {
    for (const file of files) last.set(file, readNanoseconds(file) ?? last.get(file) ?? 0);
    return [...last.values()].reduce((sum, used) => sum + used, 0) / 1e6;
  };
  return clock() > 0 ? clock : null;
}

function readNanoseconds(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8").split(" ", 1)[0]);
  } catch {
    return null; // a system without it, or a process that has ended
  }
}
