import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import type { Job } from "../../src/kg/types.ts";

/** Opens another gateway without HTTP on the same database, as another process would; it is closed after the file. */
export async function openApp(db: Database): Promise<App> {
  const app = await createApp(db);
  afterAll(() => app.close());
  return app;
}

/** What resolvers get of an app for an admin. */
export function adminOf(app: App) {
  return app.createContext({ name: "adam", role: "ADMIN", authenticated: true });
}

/** Waits until `holds`; fails after 20 s. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const since = performance.now(); !(await holds()); await sleep(20)) {
    if (performance.now() - since > 20_000) throw new Error(`waited 20 s for ${what}`);
  }
}

/** Waits until a job has ended. */
export async function ended(app: App, id: string): Promise<Job> {
  const { jobs } = adminOf(app);
  await until(async () => (await jobs.findJob(id))?.finishedAt !== null, `job ${id} to end`);
  return (await jobs.findJob(id))!;
}
