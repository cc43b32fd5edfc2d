import type { Queryable } from "../types.ts";

/** An attribute that entities of a type have. */
export interface AttributeKey {
  readonly type: string;
  readonly key: string;
  /** Of the entities that were looked at, how many have it. */
  readonly count: number;
}

const LOOKED_AT = 200;

const KEYS = `
  select asked.type, had.key, count(*)::integer as count
    from unnest($1::text[]) as asked(type)
   cross join lateral (
     select e.attributes from entity e where e.type = asked.type and e.merged_into is null
      order by e.name, e.id limit ${LOOKED_AT} -- index entity_type_name
   ) e
   cross join lateral jsonb_object_keys(e.attributes) as had(key)
   group by asked.type, had.key order by asked.type, count(*) desc, had.key`;

/** Finds the attributes of each type in its first 200 entities by name, the most common first, in one statement. */
export async function findAttributeKeys(db: Queryable, types: readonly string[]): Promise<AttributeKey[]> {
  return types.length === 0 ? [] : db.query<AttributeKey>(KEYS, [types]);
}
