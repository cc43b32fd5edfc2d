import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { Entity, EntityId, Queryable } from "../types.ts";
import { survivorsOf } from "./survivors.ts";
import { comparable, isBigint } from "./values.ts";

const find = (condition: string) => `
  with recursive ${survivorsOf(`select id as asked, id, merged_into from entity where ${condition}`)}
  select ${ENTITY_COLUMNS} from survivor join entity e using (id)`;
const PREPARED = { prepared: true } as const; // by a unique index
const BY_ID = find("id = $1::bigint");
const BY_KEY = find("key = $1"); // index entity_key_key

/** Finds an entity by its id or key; a merged entity resolves to the one that survives. */
export async function findEntity(
  db: Queryable,
  by: { readonly id: EntityId } | { readonly key: string },
): Promise<Entity | null> {
  if ("id" in by && !isBigint(by.id)) return null;
  const [row] = await ("id" in by
    ? db.query<Entity>(BY_ID, [by.id], PREPARED)
    : db.query<Entity>(BY_KEY, [comparable(by.key)], PREPARED));
  return row ? readEntity(row) : null;
}
