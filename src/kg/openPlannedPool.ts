import pg from "pg";

/**
 * Opens a pool for statements that are planned once per connection, whatever their parameters: Postgres would else
 * plan them anew each time that a list is short, which takes longer than to run them. It connects when it is first
 * asked, and as often as need be.
 */
export function openPlannedPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    onConnect: async (client) => void (await client.query("set plan_cache_mode = force_generic_plan")),
  });
  pool.on("error", () => undefined); // one that was idle is lost; the next statement opens another
  return pool;
}
