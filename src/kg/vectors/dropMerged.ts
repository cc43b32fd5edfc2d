import type { Queryable } from "../types.ts";

const DROP = `
  delete from entity_vector v using entity e
   where v.set_id = $1 and e.id = v.entity_id and e.merged_into is not null returning 1`;

/** Drops the vectors of entities that were merged into others, and gives how many; those of deleted ones are gone. */
export async function dropMerged(db: Queryable, setId: number): Promise<number> {
  return (await db.query(DROP, [setId])).length;
}
