import type { EntityId, Queryable } from "../types.ts";

const MERGED_KEYS = `
  with recursive merged as (
    select id as survivor, id, null::text as key from unnest($1::bigint[]) as seed(id)
    union
    select merged.survivor, e.id, e.key from merged join entity e on e.merged_into = merged.id -- entity_merged_into
  )
  select survivor, array_agg(key order by key) as keys from merged where key is not null group by survivor`;

/** Finds the keys of the entities that were merged into each of `ids`, over any number of steps. */
export async function findMergedKeys(
  db: Queryable,
  ids: readonly EntityId[],
): Promise<Map<EntityId, readonly string[]>> {
  const rows = await db.query<{ survivor: EntityId; keys: string[] }>(MERGED_KEYS, [ids]);
  return new Map(rows.map((row) => [row.survivor, row.keys]));
}
