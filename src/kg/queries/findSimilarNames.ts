import type { EntityId, Queryable } from "../types.ts";
import { comparable } from "./values.ts";

/** A name to look for, and the types that are preferred, if any. */
export interface AskedName {
  readonly text: string;
  readonly types: readonly string[];
}

const LONGEST = 200;
const PREFERRED = 0.2; // how much less alike an entity of a preferred type may be

// Index entity_search_trigrams, by two of its operators: `%` for names alike as a whole, `<%` for names that have the
// text in them. Only where both find nothing are the words compared letter by letter, which takes longer.
const SIMILAR = `
  select asked.place, near.id
    from jsonb_to_recordset($1::jsonb) as asked(place integer, text text, types text[])
   cross join lateral (
     with alike as materialized (
       select e.id, greatest(similarity(asked.text, e.search_text), word_similarity(asked.text, e.search_text))
              + case when e.type = any(asked.types) then ${PREFERRED} else 0 end as likeness
         from entity e
        where (e.search_text % asked.text or asked.text <% e.search_text) and e.merged_into is null
        order by likeness desc, e.id limit $2)
     select id, likeness from alike
     union all
     (select id, -distance from find_misspelt(asked.text) where not exists (select from alike)
       order by distance, id limit $2)
   ) near
   order by asked.place, near.likeness desc, near.id`;

/**
 * Finds, for each name, at most `most` entities with a name or an alias like it, the likest first, in one statement.
 * Characters of a name past the 200th are not read.
 */
export async function findSimilarNames(
  db: Queryable,
  names: readonly AskedName[],
  most: number,
): Promise<EntityId[][]> {
  if (names.length === 0) return [];
  const asked = names.map(({ text, types }, place) => ({
    ...{ place, text: comparable(text.slice(0, LONGEST)).toLowerCase(), types: types.map(comparable) },
  }));
  const rows = await db.query<{ place: number; id: EntityId }>(SIMILAR, [JSON.stringify(asked), most]);
  const found: EntityId[][] = names.map(() => []);
  for (const { place, id } of rows) found[place].push(id);
  return found;
}
