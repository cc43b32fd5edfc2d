import type { Database } from "../../../src/kg/database.ts";

/** Setting of Postgres without which nothing is counted. */
export const COUNT_STATEMENTS = { shared_preload_libraries: "pg_stat_statements" } as const;

const COUNT = `
  select coalesce(sum(s.calls), 0)::float8 as calls
    from bench.pg_stat_statements s join pg_database d on d.oid = s.dbid
   where d.datname = current_database() and s.toplevel and s.query not like '%pg_stat_statements%'`;

/** Makes a function that counts the statements that the database has run so far, whoever sent them. */
export async function makeStatementCounter(database: Database): Promise<() => Promise<number>> {
  await database.query("create schema if not exists bench");
  await database.query("create extension if not exists pg_stat_statements schema bench");
  return async () => (await database.query<{ calls: number }>(COUNT))[0].calls;
}
