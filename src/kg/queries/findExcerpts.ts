import type { EntityId, JSONObject, Queryable } from "../types.ts";
import { comparable } from "./values.ts";

/** What a list shows of an entity besides its name. */
export interface Excerpt {
  /** The start of the description. */
  readonly description: string | null;
  /** Those attributes that were asked for, where it has them. */
  readonly attributes: JSONObject;
}

const LONGEST = 300;

// Primary key of entity.
const EXCERPTS = `
  select e.id, left(e.description, ${LONGEST}) as description,
         coalesce((select jsonb_object_agg(key, e.attributes->key) from unnest($2::text[]) key
                    where e.attributes ? key), '{}') as attributes
    from entity e where e.id = any($1::bigint[])`;

/** Finds the first 300 characters of descriptions and the attributes called `keys`, in one statement. */
export async function findExcerpts(
  db: Queryable,
  ids: readonly EntityId[],
  keys: readonly string[],
): Promise<Map<EntityId, Excerpt>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<Excerpt & { id: EntityId }>(EXCERPTS, [ids, keys.map(comparable)]);
  return new Map(rows.map(({ id, description, attributes }) => [id, { description, attributes }]));
}
