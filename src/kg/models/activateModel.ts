import { DomainError } from "../../errors.ts";
import type { Queryable } from "../types.ts";

const ACTIVATE = `
  insert into active_model (model_id) select id from model where id = $1
  on conflict (singleton) do update set model_id = excluded.model_id, activated_at = clock_timestamp()
  returning model_id`;

/**
 * Makes a stored model the one that serves; every process hears of it through the channel "whygraph".
 * @throws {DomainError} NOT_FOUND
 */
export async function activateModel(db: Queryable, id: string): Promise<void> {
  const rows = await db.query(ACTIVATE, [id]);
  if (rows.length === 0)
    throw new DomainError("NOT_FOUND", `no model ${id}; expected the id of a stored model`);
}
