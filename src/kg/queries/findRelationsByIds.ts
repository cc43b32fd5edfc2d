import { RELATION_COLUMNS, readRelation } from "../tables/relation.ts";
import type { Queryable, Relation, RelationId } from "../types.ts";

const BY_IDS = `select ${RELATION_COLUMNS} from relation r where r.id = any($1::integer[])`;

/** Finds relations by id, in one statement. */
export async function findRelationsByIds(
  db: Queryable,
  ids: readonly RelationId[],
): Promise<Map<RelationId, Relation>> {
  const rows = await db.query<Relation>(BY_IDS, [ids], { prepared: true });
  return new Map(rows.map((row) => [row.id, readRelation(row)]));
}
