import type { EntityId, Queryable } from "../types.ts";

/** What an entity has in a vector set. */
export interface EntityVector {
  readonly entityId: EntityId;
  /** Of what the vector was made from; the same digest need not be encoded again. */
  readonly digest: Buffer;
  /** Null where it cannot be encoded; then `reason` says why. */
  readonly vector: Float32Array | null;
  readonly reason: string | null;
}

// By primary key. An entity that was removed meanwhile is passed over.
const UPSERT = `
  insert into entity_vector (set_id, entity_id, digest, vector, reason)
    select $1, given.* from unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::text[]) given (id, digest, vector, reason)
      join entity on entity.id = given.id
  on conflict (set_id, entity_id) do update
    set digest = excluded.digest, vector = excluded.vector, reason = excluded.reason`;
const ANNOUNCE = `
  update vector_set set version = version + 1, updated_at = clock_timestamp() where id = $1`;

/** Writes vectors of one set in one statement; a few hundred rows at a time. Readers hear of it by `announceVectors`. */
export async function writeVectors(
  db: Queryable,
  setId: number,
  rows: readonly EntityVector[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(UPSERT, [
    setId,
    rows.map(({ entityId }) => entityId),
    rows.map(({ digest }) => digest),
    rows.map(({ vector }) => vector && toBytes(vector)),
    rows.map(({ reason }) => reason),
  ]);
}

/** Tells all processes, through the channel "whygraph", that the vectors of a set are others now. */
export async function announceVectors(db: Queryable, setId: number): Promise<void> {
  await db.query(ANNOUNCE, [setId]);
}

function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
