import type { EntityId, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";

const counts = (where: string) => `
  with recursive counted as (select item_id, count(*) as count from interaction ${where} group by item_id),
  ${survivorsOf("select id as asked, id, merged_into from entity where id in (select item_id from counted)")}
  select survivor.id as "itemId", sum(count)::float8 as count
    from counted join survivor on survivor.asked = counted.item_id
   group by survivor.id order by 2 desc, survivor.id limit $1`;
const EVER = counts("");
const SINCE = counts("where at >= now() - make_interval(secs => $2)"); // index interaction_at

/**
 * Counts interactions per item, most first: the `limit` most popular items of the last `sinceSeconds`, or of
 * all time where that is null. Interactions without a time count for all time only. O(interactions in the window).
 */
export async function countInteractions(
  db: Queryable,
  sinceSeconds: number | null,
  limit: number,
): Promise<{ itemId: EntityId; count: number }[]> {
  return sinceSeconds === null ? db.query(EVER, [limit]) : db.query(SINCE, [limit, sinceSeconds]);
}
