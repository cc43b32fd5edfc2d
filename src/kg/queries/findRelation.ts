import { RELATION_COLUMNS, readRelation } from "../tables/relation.ts";
import type { Queryable, Relation } from "../types.ts";
import { comparable } from "./values.ts";

const BY_KEY = `select ${RELATION_COLUMNS} from relation r where r.key = $1`; // index relation_key_key

/** Finds a relation by its key. */
export async function findRelation(db: Queryable, key: string): Promise<Relation | null> {
  const [row] = await db.query<Relation>(BY_KEY, [comparable(key)]);
  return row ? readRelation(row) : null;
}
