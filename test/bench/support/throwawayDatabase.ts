import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../../src/kg/database.ts";
import { startEmbedded } from "../../../src/kg/embedded.ts";

/**
 * Lends a migrated database on a Postgres of its own to `work`, and leaves nothing behind. `more` are settings of
 * Postgres beyond those that a benchmark always has.
 */
export async function withThrowawayDatabase<T>(
  work: (database: Database) => Promise<T>,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "whygraph-bench-"));
  await chmod(folder, 0o755);
  const settings = {
    fsync: "off",
    shared_buffers: "256MB",
    maintenance_work_mem: "512MB",
    max_wal_size: "4GB",
    ...more,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = await startEmbedded({ folder, flags });
  try {
    await server.createDatabase("bench");
    const database = await openDatabase(server.urlOf("bench"), { poolSize: 4 });
    return await work(database).finally(() => database.close());
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
