import type { EntityId, Queryable } from "../types.ts";

const DIGESTS = `
  select entity_id as id, digest from entity_vector where set_id = $1 and entity_id = any($2::bigint[])`;

/** Reads what some entities' vectors in a set were made from, by entity; by primary key. */
export async function readDigests(
  db: Queryable,
  setId: number,
  ids: readonly EntityId[],
): Promise<Map<EntityId, Buffer>> {
  const rows = await db.query<{ id: EntityId; digest: Buffer }>(DIGESTS, [setId, ids]);
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}
