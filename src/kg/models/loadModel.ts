import type { ModelRecord, Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRow, toModelRecord } from "./modelRow.ts";

/** A stored model with its bytes. */
export interface StoredModel {
  readonly record: ModelRecord;
  readonly artifact: Buffer;
}

const BY_ID = `select ${MODEL_COLUMNS}, artifact from model where id = $1`;
const ACTIVE = `select ${MODEL_COLUMNS}, artifact from model where id = (select model_id from active_model)`;

/** Loads a stored model; null where there is none with this id. */
export async function loadModel(db: Queryable, id: string): Promise<StoredModel | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  return readStored(await db.query(BY_ID, [id]));
}

/** Loads the model that serves; null before the first one. */
export async function loadActiveModel(db: Queryable): Promise<StoredModel | null> {
  return readStored(await db.query(ACTIVE));
}

function readStored([row]: (ModelRow & { artifact: Buffer })[]): StoredModel | null {
  return row ? { record: toModelRecord(row), artifact: row.artifact } : null;
}
