import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../../src/kg/database.ts";

const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

/** Makes a function that reads how many seconds of CPU Postgres has used so far; null where /proc does not say. */
export async function makePostgresCpu(database: Database): Promise<() => number | null> {
  const [{ folder }] = await database.query<{ folder: string }>(
    "select current_setting('data_directory') as folder",
  );
  try {
    const parent = Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n", 1)[0]);
    return () => sumOfFamily(parent);
  } catch {
    return () => null; // on another machine
  }
}

/** The process, its children, and what children that have ended had used. */
function sumOfFamily(parent: number): number | null {
  try {
    let ticks = 0;
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const fields = readFields(name);
      if (fields === null) continue;
      const own = Number(fields[11]) + Number(fields[12]);
      if (Number(name) === parent) ticks += own + Number(fields[13]) + Number(fields[14]);
      else if (Number(fields[1]) === parent) ticks += own;
    }
    return ticks / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The fields of /proc/…/stat from the third one, "state"; null where the process has just ended. */
function readFields(pid: string): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
