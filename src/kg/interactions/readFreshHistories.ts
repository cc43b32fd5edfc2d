import type { Queryable } from "../types.ts";

const PAGE_ROWS = 500;
/** Newest interactions of a user that count. */
export const HISTORY_ROWS = 1_000;

/** A user who did something new: all that the user did, in the order of interaction ids. */
export interface FreshHistory {
  readonly user: string;
  /** Ids of the interactions, ascending. */
  readonly ids: readonly number[];
  /** Entity id of each one's item; of a merged item its survivor's. */
  readonly items: readonly number[];
  /** Whether the model has not been fitted on it. */
  readonly fresh: readonly boolean[];
}

/** The moment up to which interactions were read. */
export interface Position {
  /** What was visible, as Postgres prints a snapshot. */
  readonly snapshot: string;
  /** How often rows were removed until then: after another removal all has to be read anew. */
  readonly removals: string;
}

const NOW = `select pg_current_snapshot()::text as snapshot, count::text as removals from interaction_removal`;

// A transaction from the future was restored from a dump of another server: its rows are old.
const after = (snapshot: string) =>
  `(not pg_visible_in_snapshot(tx, ${snapshot}::pg_snapshot) and tx < pg_snapshot_xmax(pg_current_snapshot()))`;
// Newest first. Indexes interaction_tx or interaction_pkey for the page, interaction_history for its users.
const PAGE = `
  with page as (
    select id, user_key from interaction
     where tx >= pg_snapshot_xmin($1::pg_snapshot) and ${after("$1")} and ($3::bigint is null or id < $3)
     order by id desc limit ${PAGE_ROWS})
  select u.user_key as user, (select min(id)::text from page) as oldest,
         array_agg(i.id::float8 order by i.id) as ids, array_agg(i.item::float8 order by i.id) as items,
         array_agg(i.fresh order by i.id) as fresh
    from (select distinct user_key from page) u
    cross join lateral (
      select id, ${after("$2")} as fresh,
             (select case when merged_into is null then e.id else survivor_of(e.id) end
                from entity e where e.id = item_id) as item
        from interaction where user_key = u.user_key order by at desc nulls last, id desc limit ${HISTORY_ROWS}) i
   group by u.user_key`;

/**
 * Reads the histories of all users with interactions that were not visible in `since`, in pages from the newest
 * interaction to the oldest, all as of one moment. A row is fresh where it was not visible in `seen`.
 * `onPage` gets a page of users, and the oldest id that led to one; where it answers false the rest stays unread.
 * Cost: one index range per user, at most 1,000 rows each.
 */
export async function readFreshHistories(
  db: Queryable,
  from: { readonly since: string; readonly seen: string },
  onPage: (histories: readonly FreshHistory[], oldest: number) => boolean,
): Promise<void> {
  let before: string | null = null;
  for (;;) {
    const rows: (FreshHistory & { readonly oldest: string })[] = await db.query(PAGE, [
      from.since,
      from.seen,
      before,
    ]);
    if (rows.length === 0) return;
    before = rows[0].oldest;
    if (!onPage(rows, Number(before))) return;
  }
}

/** Reads where the interactions are now. In a transaction that reads repeatably, later reads are of that moment. */
export async function readPosition(db: Queryable): Promise<Position> {
  const [position] = await db.query<Position>(NOW);
  return position;
}
