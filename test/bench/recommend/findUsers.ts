import type { Database } from "../../../src/kg/database.ts";
import { ITEMS } from "./request.ts";

/** Users with enough of a history that most get a full page, always the same ones. */
export async function findUsers(database: Database, count: number): Promise<string[]> {
  const rows = await database.query<{ user_key: string }>(
    `select user_key from interaction group by user_key having count(*) >= $2 order by md5(user_key) limit $1`,
    [count, ITEMS],
  );
  return rows.map((row) => row.user_key);
}
