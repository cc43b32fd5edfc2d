import type { Queryable } from "../types.ts";

const USERS = "select count(*)::integer as count from (select distinct user_key from interaction) users";

/** Counts the users that have interactions. O(interactions). */
export async function findInteractedUsersCount(db: Queryable): Promise<number> {
  const [{ count }] = await db.query<{ count: number }>(USERS);
  return count;
}
