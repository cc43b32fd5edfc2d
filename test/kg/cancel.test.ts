import { expect, it } from "vitest";
import { withSignal } from "../../src/kg/cancel.ts";
import { createTestDatabase } from "../support/database.ts";

const SLEEP = "select pg_sleep(600)";

it("ends a statement in Postgres when its signal is aborted, and leaves the connection usable", async () => {
  const db = await createTestDatabase();
  const controller = new AbortController();
  const running = withSignal(db, controller).query(SLEEP);
  const countRunning = async () =>
    (
      await db.query<{ count: number }>(
        "select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active' and query = $1",
        [SLEEP],
      )
    )[0].count;
  while ((await countRunning()) === 0);
  controller.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  expect(await countRunning()).toBe(0);
  const rows = await Promise.all(
    Array.from({ length: 20 }, () => db.query<{ one: number }>("select 1 as one")),
  );
  expect(rows.flat().every(({ one }) => one === 1)).toBe(true);
  await expect(withSignal(db, controller).query("select 1")).rejects.toThrow("enough");
  expect(await withSignal(db, new AbortController()).query("select 1 as one")).toEqual([{ one: 1 }]);
});
