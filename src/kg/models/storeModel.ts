import type { ModelRecord, Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRow, toModelRecord } from "./modelRow.ts";

export type NewModel = Omit<ModelRecord, "id" | "createdAt"> & {
  readonly artifact: Buffer;
  /** What was visible when its interactions were read; where absent, all that is now. */
  readonly seen?: string;
};

const INSERT = `
  insert into model (config, config_digest, data_revision, interactions, metrics, data, artifact, digest, seen)
  values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::pg_snapshot, pg_current_snapshot())) returning ${MODEL_COLUMNS}`;

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
    model.seen ?? null,
  ]);
  return toModelRecord(row);
}
