import type { Queryable } from "../../../src/kg/types.ts";

// Generated columns are left out: they follow from the others.
const ROWS = `
  select 'entity' as table, to_jsonb(t) - '{revision,search_text,search_words}'::text[] as row, id from entity t
  union all select 'relation', to_jsonb(t) - 'revision', id from relation t
  union all select 'triple', to_jsonb(t) - 'revision', id from triple t
  union all select 'shape', to_jsonb(t) - 'revision', id from shape t
  union all select 'degree', to_jsonb(t), entity_id from entity_degree t
  order by 1, 3`;

/** Every row of the graph, ids included, without the `revision` of rows, which only ever goes up; and the degrees. */
export function dumpRows(db: Queryable): Promise<unknown> {
  return db.query(ROWS);
}
