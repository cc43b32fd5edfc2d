import type { EntityId, Queryable, Wish } from "../types.ts";
import { survivorsOf } from "./survivors.ts";

const HISTORY = 500; // newest items of each user

// Index interaction_item for the near items, of each the newest; interaction_once for the item itself.
const USERS = `
  select user_key as user, count(*) as near from unnest($1::bigint[]) as item(id) cross join lateral (
    select user_key from interaction where item_id = item.id order by id desc limit $4) near
   where not exists (select from interaction i where i.user_key = near.user_key and i.item_id = $2)
     and not exists (select from feedback f where f.user_key = near.user_key and f.kind = 'EXCLUDE'
                        and f.entity_id = $2 and f.removed_tx is null)
   group by user_key order by near desc, user_key limit $3`;
const HISTORIES = `
  with recursive mine as (
    select i.* from unnest($1::text[]) as u(user_key) cross join lateral (
      select id, user_key, item_id, kind, weight, at from interaction i where i.user_key = u.user_key
       order by at desc nulls last, id desc limit ${HISTORY}) i -- index interaction_history
  ), ${survivorsOf("select id as asked, id, merged_into from entity where id in (select item_id from mine)")},
  newest as (
    select distinct on (user_key, survivor.id) user_key, survivor.id as item_id, mine.id, kind, weight, at
      from mine join survivor on survivor.asked = mine.item_id
     order by user_key, survivor.id, at desc nulls last, mine.id desc
  )
  select user_key as user, item_id::text as item, kind, weight, at from newest
   order by user_key, at desc nulls last, id desc`;
const LESS = `
  select user_key as user, kind, entity_id::text as entity, relation_id as relation, factor from feedback
   where user_key = any($1::text[]) and kind = 'LESS' and removed_tx is null order by id`; // index feedback_user

/** A user who has done something with items near to one, and what recommending needs of him. */
export interface LikelyUser {
  readonly user: string;
  /** Newest first, each once. */
  readonly items: readonly {
    readonly item: EntityId;
    readonly kind: string;
    readonly weight: number;
    readonly at: Date | null;
  }[];
  readonly wishes: readonly Wish[];
}

/**
 * Finds the users who have lately done most with `near`, and nothing with `item`, nor refused it: three statements,
 * whose cost is bounded by near × perItem and limit × 500 rows.
 */
export async function findLikelyUsers(
  db: Queryable,
  question: {
    readonly item: EntityId;
    readonly near: readonly EntityId[];
    readonly limit: number;
    readonly perItem: number;
  },
): Promise<LikelyUser[]> {
  const { item, near, limit, perItem } = question;
  const found = await db.query<{ user: string }>(USERS, [near, item, limit, perItem]);
  const users = found.map(({ user }) => user);
  if (users.length === 0) return [];
  const [histories, wishes] = await Promise.all([
    db.query<LikelyUser["items"][number] & { user: string }>(HISTORIES, [users]),
    db.query<Wish & { user: string }>(LESS, [users]),
  ]);
  const rowsOf = <T extends { readonly user: string }>(rows: readonly T[]) => {
    const grouped = new Map<string, T[]>();
    for (const row of rows) {
      const own = grouped.get(row.user);
      if (own) own.push(row);
      else grouped.set(row.user, [row]);
    }
    return (user: string) => (grouped.get(user) ?? []).map(({ user: _, ...rest }) => rest);
  };
  const [itemsOf, wishesOf] = [rowsOf(histories), rowsOf(wishes)];
  return users.map((user) => ({ user, items: itemsOf(user), wishes: wishesOf(user) }));
}
