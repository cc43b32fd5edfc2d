import { DataSource } from "typeorm";
import { migrations } from "../../migrations/index.ts";
import { DomainError } from "../errors.ts";

const OLDEST_POSTGRES = 150_000; // "unique nulls not distinct" came with Postgres 15
const MIGRATION_LOCK = 0x57484759; // one process migrates at a time

/** Opens TypeORM's connection and applies the migrations that are missing, under a lock. */
export async function openDataSource(
  url: string,
  { migrate = true, poolSize = 10 }: { readonly migrate?: boolean; readonly poolSize?: number } = {},
): Promise<DataSource> {
  const source = new DataSource({
    type: "postgres",
    url,
    migrations,
    migrationsTransactionMode: "each",
    poolSize,
  });
  try {
    await source.initialize();
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    throw new DomainError(
      "CONFIGURATION",
      `cannot open the database ${withoutPassword(url)}: ${reason}; expected a running Postgres 15 or newer`,
    );
  }
  try {
    await assertVersion(source);
    if (migrate) await migrateUnderLock(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}

async function assertVersion(source: DataSource): Promise<void> {
  const [{ server_version_num }] = await source.query("show server_version_num");
  if (Number(server_version_num) < OLDEST_POSTGRES) {
    throw new DomainError(
      "CONFIGURATION",
      `the database runs Postgres ${server_version_num}; expected ${OLDEST_POSTGRES} (Postgres 15) or newer`,
    );
  }
}

async function migrateUnderLock(source: DataSource): Promise<void> {
  const lock = source.createQueryRunner();
  try {
    await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await source.runMigrations();
  } finally {
    await lock.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
  }
}

/** The address of a database without its password, for messages. */
export function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]*@/, ":…@");
}
