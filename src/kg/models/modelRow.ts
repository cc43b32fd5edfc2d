import type { JSONObject, Revision } from "../types.ts";

/** A stored model without its artifact. */
export interface ModelRecord {
  readonly id: string;
  readonly config: JSONObject;
  readonly configDigest: string;
  readonly dataRevision: Revision;
  readonly interactions: number;
  readonly metrics: { readonly [name: string]: number };
  readonly digest: string;
  readonly createdAt: Date;
}

export interface ModelRow {
  id: string;
  config: JSONObject;
  config_digest: string;
  data_revision: string;
  interactions: string;
  metrics: { [name: string]: number };
  digest: string;
  created_at: Date;
}

export const MODEL_COLUMNS =
  "id, config, config_digest, data_revision, interactions, metrics, digest, created_at";

export function toModelRecord(row: ModelRow): ModelRecord {
  return {
    id: row.id,
    config: row.config,
    configDigest: row.config_digest,
    dataRevision: row.data_revision,
    interactions: Number(row.interactions),
    metrics: row.metrics,
    digest: row.digest,
    createdAt: row.created_at,
  };
}
