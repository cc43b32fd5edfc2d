import { comparable } from "../queries/values.ts";
import type { Queryable } from "../types.ts";

const FORGET = `
  with forgotten as (delete from interaction where user_key = $1 returning 1), -- index interaction_history
       aside as (delete from interaction_aside where user_key = $1 returning 1), -- index interaction_aside_user
       come as (delete from attribution where user_key = $1), -- index attribution_user
       said as (delete from feedback where user_key = $1) -- index feedback_user
  select (select count(*) from forgotten)::integer + (select count(*) from aside)::integer as count`;

/** Erases a user's feedback and interactions, also those set aside with an import that was reverted; gives how many interactions there were. Answers kept for repeated requests hold no user. */
export async function forgetUser(db: Queryable, user: string): Promise<number> {
  const [{ count }] = await db.query<{ count: number }>(FORGET, [comparable(user)]);
  return count;
}
