import type { Queryable } from "../types.ts";

const SEEN = "select seen::text from model where id = $1";

/** Finds which interactions a model was fitted on, as a snapshot of Postgres; null where there is no such model. */
export async function findSeen(db: Queryable, model: string): Promise<string | null> {
  const [row] = await db.query<{ seen: string }>(SEEN, [model]);
  return row?.seen ?? null;
}
