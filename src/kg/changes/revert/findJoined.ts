import type { EntityId, Queryable } from "../../types.ts";

/**
 * The entities that a merge, or its undoing, joins or parts, with those that they were merged into before or since, as
 * they are before the rows are put back.
 */
export interface Joined {
  readonly ids: readonly EntityId[];
  /** The highest revision among them; null where there are none. */
  readonly revision: number | null;
}

// Index entity_pkey.
const FIND = `
  with recursive moved as (
    select id, (before->>'merged_into')::bigint as before, (after->>'merged_into')::bigint as after from net_row
     where subject = 'entity' and before->>'merged_into' is distinct from after->>'merged_into'),
  joined as (
    select e.id, e.merged_into, e.revision from entity e
     where e.id in (select unnest(array[id, before, after]) from moved)
    union
    select e.id, e.merged_into, e.revision from joined j join entity e on e.id = j.merged_into)
  select coalesce(array_agg(id::text), '{}') as ids, max(revision) as revision from joined`;
const RAISE = `
  update entity set revision = $2::integer + 1
   where id = any($1::bigint[]) and merged_into is null and revision <= $2::integer`;

/** Finds whom the undoing of the change in `net_row` joins or parts. */
export async function findJoined(tx: Queryable): Promise<Joined> {
  const [joined] = await tx.query<Joined>(FIND);
  return joined;
}

/**
 * Raises the revision of those that survive past all that had one, also where nothing else about them changes: a key
 * that now leads elsewhere leads to no revision that was read under it before.
 */
export async function raiseJoined(tx: Queryable, { ids, revision }: Joined): Promise<void> {
  if (revision !== null) await tx.query(RAISE, [ids, revision]);
}
