import type { JSONObject, ModelData, ModelRecord } from "../types.ts";

export interface ModelRow {
  id: string;
  config: JSONObject;
  config_digest: string;
  data_revision: string;
  interactions: string;
  metrics: { [name: string]: number };
  data: Partial<ModelData>;
  digest: string;
  created_at: Date;
}

export const MODEL_COLUMNS =
  "id, config, config_digest, data_revision, interactions, metrics, data, digest, created_at";

export function toModelRecord(row: ModelRow): ModelRecord {
  return {
    id: row.id,
    config: row.config,
    configDigest: row.config_digest,
    dataRevision: row.data_revision,
    interactions: Number(row.interactions),
    metrics: row.metrics,
    data: row.data,
    digest: row.digest,
    createdAt: row.created_at,
  };
}
