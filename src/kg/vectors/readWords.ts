import type { EntityId, Queryable } from "../types.ts";

/** What an entity is called, and what is told of it. */
export interface Words {
  readonly name: string;
  readonly description: string | null;
}

const WORDS = `
  select id, name, description from entity where id = any($1::bigint[]) and merged_into is null`; // index entity_pkey

/** Reads names and descriptions by id, in one statement; entities that are merged or gone are absent. */
export async function readWords(db: Queryable, ids: readonly EntityId[]): Promise<Map<EntityId, Words>> {
  const rows = await db.query<Words & { id: EntityId }>(WORDS, [ids]);
  return new Map(rows.map(({ id, name, description }) => [id, { name, description }]));
}
