import { readConfig } from "../config.ts";
import { type Database, openDatabase } from "../kg/database.ts";
import { openEmbedded } from "../kg/embedded.ts";

/**
 * Runs `work` with the configured database: the one DATABASE_URL names, the one of a server that runs on the
 * same data folder, or else the embedded one, started for as long as `work` takes.
 */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.databaseUrl) return useDatabase(config.databaseUrl, work);
  const onNotice = (reason: string) => console.error(`whygraph: ${reason}`);
  const server = await openEmbedded(config.dataFolder, { role: "command", onNotice });
  try {
    return await useDatabase(server.url, work);
  } finally {
    await server.close();
  }
}

async function useDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(url);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
