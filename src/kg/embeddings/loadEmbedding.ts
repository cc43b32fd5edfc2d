import type { EmbeddingRecord, Queryable } from "../types.ts";
import { EMBEDDING_COLUMNS, type EmbeddingRow, toEmbeddingRecord } from "./embeddingRow.ts";

// Primary key, from its end.
const NEWEST = `select ${EMBEDDING_COLUMNS} from embedding order by id desc limit 1`;
const ARTIFACT = `select artifact from embedding where id = $1::bigint`;

/** Finds the newest embedding, without its bytes; null before the first one. */
export async function findNewestEmbedding(db: Queryable): Promise<EmbeddingRecord | null> {
  const [row] = await db.query<EmbeddingRow>(NEWEST);
  return row ? toEmbeddingRecord(row) : null;
}

/** Loads the bytes of an embedding that is stored. */
export async function loadEmbeddingArtifact(db: Queryable, id: string): Promise<Buffer> {
  const [row] = await db.query<{ artifact: Buffer }>(ARTIFACT, [id]);
  return row.artifact;
}
