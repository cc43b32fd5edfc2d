import type { EntityId, Queryable } from "../types.ts";

// Index interaction_item. The digest is an order that a seed decides and nobody else.
const NEAR = `
  select user_key as user from interaction where item_id = any($1::bigint[])
   group by user_key order by md5(user_key || $2), user_key limit $3`;
// Rows at places that the seed decides, by primary key; enough of them that most users are met.
const ANYWHERE = `
  with span as (select min(id) as low, max(id) as high from interaction)
  select met.user_key as user from span
   cross join generate_series(1, 20 * $2::integer) n
   cross join lateral (
     select user_key from interaction
      where id >= low + (('x' || left(md5($1 || n::text), 15))::bit(60)::bigint % greatest(high - low + 1, 1))
      order by id limit 1) met
   group by met.user_key order by min(n) limit $2`;

/**
 * Samples users by a seed: first those who did something with one of `items`, then anybody. Equal seeds give equal
 * samples. O(interactions with the items).
 */
export async function sampleUsers(
  db: Queryable,
  items: readonly EntityId[],
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<string[]> {
  const near = await db.query<{ user: string }>(NEAR, [items, String(seed), count]);
  const users = new Set(near.map(({ user }) => user));
  if (users.size < count) {
    const others = await db.query<{ user: string }>(ANYWHERE, [String(seed), count]);
    for (const { user } of others) if (users.size < count) users.add(user);
  }
  return [...users];
}
