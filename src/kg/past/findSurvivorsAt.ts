import type { EntityId, Queryable, Revision } from "../types.ts";

// Indexes change_row_pkey and entity_merged_into.
const MERGED = `
  with later as (
    select distinct on (subject_id) subject_id, before->>'merged_into' as merged_into from change_row
     where subject = 'entity' and revision > $1::bigint order by subject_id, revision, id)
  select id::text, merged_into::text as "into" from entity e
   where merged_into is not null and not exists (select from later where subject_id = e.id)
  union all
  select subject_id::text, merged_into from later where merged_into is not null`;

/** Finds which entities were merged at a revision; gives the function from an entity to the one that survived then. */
export async function findSurvivorsAt(
  db: Queryable,
  revision: Revision,
): Promise<(id: EntityId) => EntityId> {
  const rows = await db.query<{ id: EntityId; into: EntityId }>(MERGED, [revision]);
  const merged = new Map(rows.map(({ id, into }) => [id, into]));
  return (id) => {
    let survivor = id;
    for (let next = merged.get(id); next !== undefined; next = merged.get(next)) survivor = next;
    return survivor;
  };
}
