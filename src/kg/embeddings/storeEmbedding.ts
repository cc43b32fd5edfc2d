import type { EmbeddingRecord, Queryable } from "../types.ts";
import { EMBEDDING_COLUMNS, type EmbeddingRow, toEmbeddingRecord } from "./embeddingRow.ts";

export type NewEmbedding = Omit<EmbeddingRecord, "id" | "createdAt"> & { readonly artifact: Buffer };

const INSERT = `
  insert into embedding (model, config, config_digest, data_revision, metrics, artifact, digest)
  values ($1, $2, $3, $4, $5, $6, $7) returning ${EMBEDDING_COLUMNS}`;

/** Stores an embedding; from then on it is the one that predicts. */
export async function storeEmbedding(db: Queryable, embedding: NewEmbedding): Promise<EmbeddingRecord> {
  const [row] = await db.query<EmbeddingRow>(INSERT, [
    embedding.model,
    JSON.stringify(embedding.config),
    embedding.configDigest,
    embedding.dataRevision,
    JSON.stringify(embedding.metrics),
    embedding.artifact,
    embedding.digest,
  ]);
  return toEmbeddingRecord(row);
}
