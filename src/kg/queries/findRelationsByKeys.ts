import { RELATION_COLUMNS, readRelation } from "../tables/relation.ts";
import type { Queryable, Relation } from "../types.ts";
import { comparable } from "./values.ts";

const BY_KEYS = `select ${RELATION_COLUMNS} from relation r where r.key = any($1::text[])`; // index relation_key_key

/** Finds relations by key, in one statement; an unknown key is absent. */
export async function findRelationsByKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<Map<string, Relation>> {
  const rows = await db.query<Relation>(BY_KEYS, [keys.map(comparable)]);
  return new Map(rows.map((row) => [row.key, readRelation(row)]));
}
