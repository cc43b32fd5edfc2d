import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { Entity, EntityId, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";

const BY_IDS = `
  with recursive ${survivorsOf("select id as asked, id, merged_into from entity where id = any($1::bigint[])")}
  select survivor.asked, ${ENTITY_COLUMNS} from survivor join entity e using (id)`;

/** Finds entities by id, in one statement; a merged entity resolves to the one that survives. */
export async function findEntitiesByIds(
  db: Queryable,
  ids: readonly EntityId[],
): Promise<Map<EntityId, Entity>> {
  const rows = await db.query<Entity & { asked: EntityId }>(BY_IDS, [ids], { prepared: true });
  return new Map(rows.map((row) => [row.asked, readEntity(row)]));
}
