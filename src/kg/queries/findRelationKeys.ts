import type { Queryable } from "../types.ts";

/** Finds the keys of all relations; a graph has few. */
export async function findRelationKeys(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ key: string }>("select key from relation order by key"); // index relation_key_key
  return rows.map(({ key }) => key);
}
