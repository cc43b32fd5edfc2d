import type { EntityId, Queryable } from "../types.ts";
import { comparable } from "./values.ts";

/** A name to look for, and the types that are preferred, if any. */
export interface SoughtName {
  readonly text: string;
  readonly types: readonly string[];
}

const LONGEST = 200;
const PREFERRED = 0.2; // how much less alike an entity of a preferred type may be
const LIKE_ENOUGH = 0.8; // to look no further
const MEASURED = `
  select e.id, m.likeness, m.likeness + case when e.type = any(asked.types) then ${PREFERRED} else 0 end as worth
    from entity e cross join lateral (
      select greatest(similarity(asked.text, e.search_text), word_similarity(asked.text, e.search_text)) as likeness) m`;

// Index entity_search_trigrams, by two of its operators: `<%` for names that have the text in them and, where none of
// those is like enough, `%` for names alike as a whole, which reads far more of the index. Only where both find
// nothing are words compared letter by letter.
const SIMILAR = `
  select asked.place, near.id
    from jsonb_to_recordset($1::jsonb) as asked(place integer, text text, types text[])
   cross join lateral (
     with inside as materialized (
       ${MEASURED} where asked.text <% e.search_text and e.merged_into is null
        order by worth desc, e.id limit $2),
     alike as materialized (
       ${MEASURED} where e.search_text % asked.text and e.merged_into is null
          and not exists (select from inside where likeness >= ${LIKE_ENOUGH})
        order by worth desc, e.id limit $2),
     found as (select id, worth from inside union select id, worth from alike)
     (select id, worth from found order by worth desc, id limit $2)
     union all
     (select id, -distance from find_misspelt(asked.text) where not exists (select from found)
       order by distance, id limit $2)
   ) near
   order by asked.place, near.worth desc, near.id`;

/**
 * Finds, for each name, at most `most` entities with a name or an alias like it, the likest first, in one statement.
 * Characters of a name past the 200th are not read.
 */
export async function findSimilarNames(
  db: Queryable,
  names: readonly SoughtName[],
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
