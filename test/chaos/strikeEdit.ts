import { isDeepStrictEqual } from "node:util";
import { auditLog } from "../../src/kg/changes/chain/auditLog.ts";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import { openLiveSnapshot } from "../../src/kg/snapshot/openLiveSnapshot.ts";
import { describeGraph } from "../kg/snapshot/describeGraph.ts";
import type { Strike } from "./armStrike.ts";
import type { Cluster } from "./Cluster.ts";
import { dumpAll } from "./dumpAll.ts";
import type { Victims } from "./Victims.ts";

/** What is killed. */
export type Target = "process" | "postgres";

/** One edit that was struck at one statement, and what was found afterwards. */
export interface Trial {
  readonly edit: string;
  readonly target: Target;
  readonly strike: Omit<Strike, "pid">;
  /** Whether the edit was written all the same: the strike came after its commit was on its way. */
  readonly written: boolean;
  /** What is wrong; empty where the edit is there as a whole or not at all. */
  readonly faults: readonly string[];
}

interface Whole {
  readonly before: unknown;
  readonly after: unknown;
  readonly statements: number;
}

/** Makes an edit undisturbed, on a copy: what it sends, and what all tables hold before and after. */
export async function makeWhole(cluster: Cluster, victims: Victims, edit: string): Promise<Whole> {
  const url = await cluster.copyBase();
  const before = await withDatabase(url, dumpAll);
  const { statements, failed } = await victims.run({ url, edit, strike: null });
  if (statements === null) throw new Error(`${edit} fails undisturbed: ${failed}`);
  const after = await withDatabase(url, dumpAll);
  await cluster.drop(url);
  return { before, after, statements };
}

/** Makes an edit on a copy, kills `target` in the middle of it, and looks at what is left. */
export async function strikeEdit(
  { cluster, victims }: { readonly cluster: Cluster; readonly victims: Victims },
  plan: Pick<Trial, "edit" | "target" | "strike">,
  whole: Whole,
): Promise<Trial> {
  const { edit, target, strike } = plan;
  let url = await cluster.copyBase();
  const pid = target === "postgres" ? await cluster.findPid() : undefined;
  const follower = target === "process" ? await follow(url) : null;
  const { signal } = await victims.run({ url, edit, strike, pid });
  if (target === "postgres") url = await cluster.recover(url);
  const faults: string[] = [];
  if (target === "process" && signal !== "SIGKILL") faults.push(`the process was not killed (${signal})`);
  const dump = await withDatabase(url, async (db) => {
    await settle(db);
    faults.push(...(await findFaults(db)));
    if (follower) faults.push(...(await follower.compare(db)));
    return dumpAll(db);
  });
  await follower?.close();
  await cluster.drop(url);
  const written = isDeepStrictEqual(dump, whole.after);
  if (!written && !isDeepStrictEqual(dump, whole.before)) faults.push(describeHalf(dump, whole));
  return { ...plan, written, faults };
}

/** A killed process leaves a server process behind that may finish the statement that it was sent. */
async function settle(db: Database): Promise<void> {
  const others = `
    select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend' and (state <> 'idle' or xact_start is not null)`;
  for (let left = 500; (await db.query(others)).length > 0; left--) {
    if (left === 0) throw new Error("a connection of the killed process is busy after 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether the chain holds, the log replays to the graph, and a snapshot says what the tables say. */
async function findFaults(db: Database): Promise<string[]> {
  const { broken, drift } = await auditLog(db);
  return [
    ...(broken ? [`the chain is broken: ${broken.message}`] : []),
    ...drift.rows.map(({ subject, id, kind, fields }) => `${subject} ${id} is ${kind} ${fields.join(", ")}`),
  ];
}

/** Another process's live snapshot, to be compared with a fresh one. */
async function follow(url: string) {
  const db = await openDatabase(url, { migrate: false, poolSize: 2 });
  const live = await openLiveSnapshot(db, { pollMs: 50 });
  return {
    async compare(other: Database): Promise<string[]> {
      const fresh = await loadSnapshot(other);
      await live.waitFor(fresh.revision, 10_000);
      const same = isDeepStrictEqual(describeGraph(live.graph), describeGraph(fresh));
      return same ? [] : [`the live snapshot of revision ${fresh.revision} differs from a fresh one`];
    },
    async close(): Promise<void> {
      await live.close();
      await db.close();
    },
  };
}

/** The first table that is neither as before nor as after. */
function describeHalf(dump: Record<string, unknown>, { before, after }: Whole): string {
  const [was, is] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  const halves = Object.keys(dump).map((table) => {
    const like = (other: Record<string, unknown>) => isDeepStrictEqual(dump[table], other[table]);
    return `${table} ${like(was) ? (like(is) ? "untouched" : "as before") : like(is) ? "as after" : "neither"}`;
  });
  return `half written: ${halves.filter((half) => !half.endsWith("untouched")).join(", ")}`;
}

async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(url, { migrate: false, poolSize: 2 });
  return work(db).finally(() => db.close());
}
