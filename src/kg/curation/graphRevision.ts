import type { Queryable, Revision } from "../types.ts";

/** Finds the number of the newest committed change. */
export async function findGraphRevision(db: Queryable): Promise<Revision> {
  const [{ revision }] = await db.query<{ revision: Revision }>("select revision from graph");
  return revision;
}
