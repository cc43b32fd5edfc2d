import type { EmbeddingRecord, JSONObject } from "../types.ts";

export interface EmbeddingRow {
  id: string;
  model: string;
  config: JSONObject;
  config_digest: string;
  data_revision: string;
  metrics: { [name: string]: number };
  digest: string;
  created_at: Date;
}

export const EMBEDDING_COLUMNS =
  "id, model, config, config_digest, data_revision, metrics, digest, created_at";

export function toEmbeddingRecord(row: EmbeddingRow): EmbeddingRecord {
  return {
    id: row.id,
    model: row.model,
    config: row.config,
    configDigest: row.config_digest,
    dataRevision: row.data_revision,
    metrics: row.metrics,
    digest: row.digest,
    createdAt: row.created_at,
  };
}
