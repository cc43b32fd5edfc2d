import type { Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRecord, type ModelRow, toModelRecord } from "./modelRow.ts";

const ACTIVE = `
  select ${MODEL_COLUMNS}, artifact from model where id = (select model_id from active_model)`;

/** Loads the model that serves, with its bytes; null before the first one. */
export async function loadActiveModel(
  db: Queryable,
): Promise<{ readonly record: ModelRecord; readonly artifact: Buffer } | null> {
  const [row] = await db.query<ModelRow & { artifact: Buffer }>(ACTIVE);
  return row ? { record: toModelRecord(row), artifact: row.artifact } : null;
}
