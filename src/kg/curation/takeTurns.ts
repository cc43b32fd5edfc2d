import type { Database } from "../database.ts";

/** When the last edit that was asked for ends, by database. */
const lastOf = new WeakMap<Database, Promise<unknown>>();

/**
 * Runs the edits of this process one after the other, in the order in which they were asked for. They would wait for
 * one another anyway, at the row of `graph`, but each with a connection of its own, and Postgres hands a contended row
 * on slowly: `npm run bench -- curation` prints what sixteen curators get done.
 */
export function takeTurns<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const turn = (lastOf.get(db) ?? Promise.resolve()).then(work);
  lastOf.set(
    db,
    turn.catch(() => undefined),
  );
  return turn;
}
