import type { EntityId, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";

/** Items that a fallback chain may need. */
export const TRENDS_LIMIT = 1_000;

/** What Postgres saw when it counted, and the moment that a window ends at: with both it counts the same again. */
export interface CountPin {
  readonly seen: string;
  /** In milliseconds. */
  readonly until: number;
}

/** An item that is chosen more than before. */
export interface TrendingItem {
  readonly itemId: EntityId;
  /** Interactions in the window. */
  readonly count: number;
  /** (count − c)/√(c + 1), c being the interactions in the window of equal length before it. */
  readonly lift: number;
}

// Index interaction_at: both windows.
const TRENDING = `
  with recursive pin as (
    select coalesce($3, pg_current_snapshot()::text)::pg_snapshot as seen,
           coalesce(to_timestamp($4::float8 / 1000), date_trunc('milliseconds', now())) as until
  ), counted as (
    select item_id, count(*) filter (where at > until - make_interval(secs => $1)) as recent,
           count(*) filter (where at <= until - make_interval(secs => $1)) as earlier
      from interaction, pin
     where at > until - make_interval(secs => 2 * $1) and at <= until
       and ($3::text is null or pg_visible_in_snapshot(tx, seen))
     group by item_id
  ), ${survivorsOf("select id as asked, id, merged_into from entity where id in (select item_id from counted)")}, summed as (
    select survivor.id, sum(recent)::float8 as recent, sum(earlier)::float8 as earlier
      from counted join survivor on survivor.asked = counted.item_id group by survivor.id
  ), lifted as (
    select id, recent, (recent - earlier) / sqrt(earlier + 1) as lift from summed where recent > earlier
     order by 3 desc, id limit $2
  )
  select pin.seen::text, extract(epoch from pin.until)::float8 * 1000 as until, lifted.id::text as "itemId",
         lifted.recent as count, lifted.lift
    from pin left join lifted on true order by lift desc, lifted.id`;

/**
 * Counts which items are chosen more in the last `seconds` than in as many seconds before, the most telling first.
 * With a pin it counts what was there then, however much came since. O(interactions in both windows).
 */
export async function countTrending(
  db: Queryable,
  {
    seconds,
    limit,
    pin = null,
  }: { readonly seconds: number; readonly limit: number; readonly pin?: CountPin | null },
): Promise<{ readonly pin: CountPin; readonly items: readonly TrendingItem[] }> {
  const rows = await db.query<Omit<TrendingItem, "itemId"> & CountPin & { readonly itemId: EntityId | null }>(
    TRENDING,
    [seconds, limit, pin?.seen ?? null, pin?.until ?? null],
  );
  const [{ seen, until }] = rows;
  const items = rows.flatMap(({ itemId, count, lift }) => (itemId === null ? [] : [{ itemId, count, lift }]));
  return { pin: { seen, until }, items };
}
