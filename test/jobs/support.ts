import { setTimeout as sleep } from "node:timers/promises";
import { makeViewer } from "../../src/access/makeViewer.ts";
import { type App, createApp } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import type { Database } from "../../src/kg/database.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import type { Job } from "../../src/kg/types.ts";
import { type TrainOptions, trainModel } from "../../src/trainModel.ts";
import { undoAfterFile } from "../support/undo.ts";

/** Opens a gateway without HTTP, as one more process on the database would; it is closed after the file. */
export async function openApp(db: Database): Promise<App> {
  const app = await createApp(db);
  undoAfterFile(() => app.close());
  return app;
}

/** What resolvers get of an app for one request of an admin. */
export function adminOf(app: App): Context {
  return app.createContext(makeViewer("adam", "ADMIN"));
}

/** Fits a model in this thread, on what the database holds; it serves. Gives its id. */
export async function fitHere(db: Database, options: TrainOptions = {}): Promise<string> {
  return (await trainModel(db, await loadSnapshot(db), options)).id;
}

/** Keeps trainings from storing their model, so that they run for as long as a test wants. Gives the way out. */
export async function holdTrainings(db: Database): Promise<() => Promise<void>> {
  const client = await db.connect();
  await client.query("begin; lock table model in share mode");
  const release = () => client.end();
  undoAfterFile(() => release().catch(() => undefined));
  return release;
}

/** Process ids of the connections to this database that wait for a lock. */
export async function findWaiting(db: Database): Promise<number[]> {
  const rows = await db.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.map(({ pid }) => pid);
}

/** Waits until `holds`; fails after 50 s. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const since = performance.now(); !(await holds()); await sleep(20)) {
    if (performance.now() - since > 50_000) throw new Error(`waited 50 s for ${what}`);
  }
}

/** Waits until a job has ended. */
export async function ended(app: App, id: string): Promise<Job> {
  const { jobs } = adminOf(app);
  await until(async () => (await jobs.findJob(id))?.finishedAt !== null, `job ${id} to end`);
  return (await jobs.findJob(id))!;
}
