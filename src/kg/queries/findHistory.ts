import type { EntityId, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";
import { comparable } from "./values.ts";

/** The most items that a history gives. */
export const HISTORY_LIMIT = 10_000;

/** The statement of a history: of the user $1, at most $2 rows. */
export const HISTORY = `
  with recursive mine as (
    select id, item_id, kind, weight, at from interaction where user_key = $1 -- index interaction_history
  ), ${survivorsOf("select id as asked, id, merged_into from entity where id in (select item_id from mine)")},
  newest as (
    select distinct on (survivor.id) survivor.id as item_id, mine.id, kind, weight, at
      from mine join survivor on survivor.asked = mine.item_id
     order by survivor.id, at desc nulls last, mine.id desc
  )
  select item_id as "itemId", kind, weight, at from newest order by at desc nulls last, id desc limit $2`;

/**
 * Finds what a user did, newest first and those without a time last: one row per item, the newest one; an item
 * that was merged counts as the one that survives.
 */
export async function findHistory(
  db: Queryable,
  user: string,
  limit = HISTORY_LIMIT,
): Promise<{ itemId: EntityId; kind: string; weight: number; at: Date | null }[]> {
  return db.query(HISTORY, [comparable(user), limit]);
}
