import type { Queryable, RelationId } from "../types.ts";

const COUNTS = `
  select relation_id as id, count(*)::float8 as count from triple -- index triple_relation
   where relation_id = any($1::integer[]) group by relation_id`;

/** Counts the triples of each relation, deprecated ones too. Reads the index: O(triples of those relations). */
export async function countTriplesOfRelations(
  db: Queryable,
  ids: readonly RelationId[],
): Promise<Map<RelationId, number>> {
  const rows = await db.query<{ id: RelationId; count: number }>(COUNTS, [ids]);
  return new Map(rows.map((row) => [row.id, row.count]));
}
