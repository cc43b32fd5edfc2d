import type { EntityId, Queryable } from "../types.ts";

const KEYS = `select id, key from entity where id = any($1::bigint[])`; // index entity_pkey

/** Finds the keys of some entities of a long list of ids, evenly spread over it, at most `most`. */
export async function sampleEntities(
  db: Queryable,
  ids: ArrayLike<number>,
  most: number,
): Promise<{ readonly asked: number; readonly keys: ReadonlyMap<EntityId, string> }> {
  const step = Math.max(1, ids.length / most);
  const asked: number[] = [];
  for (let at = 0; Math.floor(at) < ids.length && asked.length < most; at += step) {
    asked.push(ids[Math.floor(at)]);
  }
  const rows = await db.query<{ id: EntityId; key: string }>(KEYS, [asked]);
  return { asked: asked.length, keys: new Map(rows.map(({ id, key }) => [id, key])) };
}
