import pg from "pg";

// A plan outlives the size that its tables had when it was made: the log is empty at first, and grows by each edit.
const SETTINGS = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off";

/**
 * Opens a pool for statements that are planned once per connection, whatever their parameters: Postgres would else
 * plan them anew each time that a list is short, which takes longer than to run them. They go by indexes, also where a
 * table is so small that reading all of it were cheaper. It connects when it is first asked, and as often as need be.
 */
export function openPlannedPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    onConnect: async (client) => void (await client.query(SETTINGS)),
  });
  pool.on("error", () => undefined); // one that was idle is lost; the next statement opens another
  return pool;
}
