import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { Entity, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";
import { comparable } from "./values.ts";

const BY_KEYS = `
  with recursive ${survivorsOf("select key as asked, id, merged_into from entity where key = any($1::text[])")}
  select survivor.asked, ${ENTITY_COLUMNS} from survivor join entity e using (id)`; // index entity_key_key

/**
 * Finds entities by key, in one statement. The map is keyed by the keys as asked: a merged entity's key leads
 * to the entity that survives; an unknown key is absent.
 */
export async function findEntitiesByKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<Map<string, Entity>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<Entity & { asked: string }>(BY_KEYS, [keys.map(comparable)], {
    prepared: true,
  });
  return new Map(rows.map((row) => [row.asked, readEntity(row)]));
}
