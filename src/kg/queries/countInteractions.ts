import type { EntityId, Queryable } from "../types.ts";
import type { CountPin } from "./countTrending.ts";
import { survivorsOf } from "./survivors.ts";

const counts = (within: string) => `
  with recursive pin as (
    select coalesce($2, pg_current_snapshot()::text)::pg_snapshot as seen,
           coalesce(to_timestamp($3::float8 / 1000), date_trunc('milliseconds', now())) as until
  ), counted as (
    select item_id, count(*) as count from interaction, pin
     where ${within} and ($2::text is null or pg_visible_in_snapshot(tx, seen)) group by item_id),
  ${survivorsOf("select id as asked, id, merged_into from entity where id in (select item_id from counted)")},
  summed as (
    select survivor.id, sum(count)::float8 as count from counted join survivor on survivor.asked = counted.item_id
     group by survivor.id order by 2 desc, survivor.id limit $1)
  select pin.seen::text, extract(epoch from pin.until)::float8 * 1000 as until, summed.id::text as "itemId", summed.count
    from pin left join summed on true order by summed.count desc, summed.id`;
const EVER = counts("true");
const SINCE = counts("at >= until - make_interval(secs => $4) and at <= until"); // index interaction_at

/**
 * Counts interactions per item, most first: the `limit` most popular items of the last `sinceSeconds`, or of
 * all time where that is null. Interactions without a time count for all time only. With a pin it counts what was
 * there then. O(interactions in the window).
 */
export async function countInteractions(
  db: Queryable,
  {
    sinceSeconds,
    limit,
    pin = null,
  }: { readonly sinceSeconds: number | null; readonly limit: number; readonly pin?: CountPin | null },
): Promise<{
  readonly pin: CountPin;
  readonly items: readonly { readonly itemId: EntityId; readonly count: number }[];
}> {
  const parameters = [limit, pin?.seen ?? null, pin?.until ?? null];
  const [sql, values] = sinceSeconds === null ? [EVER, parameters] : [SINCE, [...parameters, sinceSeconds]];
  const rows = await db.query<CountPin & { readonly itemId: EntityId | null; readonly count: number }>(
    sql,
    values,
  );
  const [{ seen, until }] = rows;
  const items = rows.flatMap(({ itemId, count }) => (itemId === null ? [] : [{ itemId, count }]));
  return { pin: { seen, until }, items };
}
