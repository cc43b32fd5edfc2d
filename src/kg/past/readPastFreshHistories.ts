import { type FreshHistory, HISTORY_ROWS } from "../interactions/readFreshHistories.ts";
import type { EntityId, Queryable } from "../types.ts";

const USERS = 500; // of one statement

// Users in the order of their keys. Indexes interaction_tx for the users, interaction_history for what they did.
const PAGE = `
  with fresh as (
    select distinct user_key from interaction
     where tx >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(tx, $1::pg_snapshot)
       and pg_visible_in_snapshot(tx, $2::pg_snapshot) and ($3::text is null or user_key > $3)
     order by user_key limit ${USERS})
  select u.user_key as user, array_agg(i.id::float8 order by i.id) as ids,
         array_agg(i.item_id::text order by i.id) as items, array_agg(i.fresh order by i.id) as fresh
    from fresh u cross join lateral (
      select id, item_id, not pg_visible_in_snapshot(tx, $1::pg_snapshot) as fresh from interaction
       where user_key = u.user_key and pg_visible_in_snapshot(tx, $2::pg_snapshot)
       order by at desc nulls last, id desc limit ${HISTORY_ROWS}) i
   group by u.user_key order by u.user_key`;

/**
 * Reads the histories of the users who had done something that a model had not seen, as of when Postgres saw `until`:
 * what `readFreshHistories` read at that moment.
 */
export async function readPastFreshHistories(
  db: Queryable,
  {
    seen,
    until,
    survivorOf,
  }: {
    /** What the model was fitted on. */
    readonly seen: string;
    readonly until: string;
    readonly survivorOf: (id: EntityId) => EntityId;
  },
  onPage: (histories: readonly FreshHistory[]) => void,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const rows: (Omit<FreshHistory, "items"> & { readonly items: readonly EntityId[] })[] = await db.query(
      PAGE,
      [seen, until, after],
    );
    onPage(rows.map((row) => ({ ...row, items: row.items.map((id) => Number(survivorOf(id))) })));
    if (rows.length < USERS) return;
    after = rows[rows.length - 1].user;
  }
}
