import type { ModelRecord, Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRow, toModelRecord } from "./modelRow.ts";

export type NewModel = Omit<ModelRecord, "id" | "createdAt"> & { readonly artifact: Buffer };

const INSERT = `
  insert into model (config, config_digest, data_revision, interactions, metrics, data, artifact, digest)
  values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${MODEL_COLUMNS}`;

/** Stores a fitted model; it serves only once it is activated. */
export async function storeModel(db: Queryable, model: NewModel): Promise<ModelRecord> {
  const [row] = await db.query<ModelRow>(INSERT, [
    JSON.stringify(model.config),
    model.configDigest,
    model.dataRevision,
    model.interactions,
    JSON.stringify(model.metrics),
    JSON.stringify(model.data),
    model.artifact,
    model.digest,
  ]);
  return toModelRecord(row);
}
