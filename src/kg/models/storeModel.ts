import type { Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRecord, type ModelRow, toModelRecord } from "./modelRow.ts";

export interface NewModel {
  readonly config: object;
  readonly configDigest: string;
  readonly dataRevision: string;
  readonly interactions: number;
  readonly metrics: object;
  readonly artifact: Buffer;
  readonly digest: string;
}

const INSERT = `
  insert into model (config, config_digest, data_revision, interactions, metrics, artifact, digest)
  values ($1, $2, $3, $4, $5, $6, $7) returning ${MODEL_COLUMNS}`;

/** Stores a fitted model; it serves only once it is activated. */
export async function storeModel(db: Queryable, model: NewModel): Promise<ModelRecord> {
  const [row] = await db.query<ModelRow>(INSERT, [
    JSON.stringify(model.config),
    model.configDigest,
    model.dataRevision,
    model.interactions,
    JSON.stringify(model.metrics),
    model.artifact,
    model.digest,
  ]);
  return toModelRecord(row);
}
