import type { EntityId, JSONObject, Queryable } from "../types.ts";

// Primary key of entity.
const ATTRIBUTES = `select e.id, e.attributes from entity e where e.id = any($1::bigint[])`;

/** Finds the attributes of entities, in one statement. */
export async function findAttributes(
  db: Queryable,
  ids: readonly EntityId[],
): Promise<Map<EntityId, JSONObject>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: EntityId; attributes: JSONObject }>(ATTRIBUTES, [ids]);
  return new Map(rows.map(({ id, attributes }) => [id, attributes]));
}
