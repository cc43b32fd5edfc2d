import type { Database } from "../../../src/kg/database.ts";

/** A database that also tells how long someone waited for it. */
export interface TimedDatabase {
  readonly database: Database;
  /** Milliseconds during which at least one statement of the pool was running, since the start. */
  waited(): number;
}

/** Wraps a database; statements that run side by side count once. */
export function timeQueries(database: Database): TimedDatabase {
  let [running, since, total] = [0, 0, 0];
  const timed: Pick<Database, "query"> = {
    async query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
      if (running++ === 0) since = performance.now();
      try {
        return await database.query<T>(sql, parameters);
      } finally {
        if (--running === 0) total += performance.now() - since;
      }
    },
  };
  return { database: Object.assign(Object.create(database) as Database, timed), waited: () => total };
}
