import type { Queryable } from "../../../src/kg/types.ts";

/** Every row of the graph, ids included, without the `revision` of rows, which only ever goes up; and the degrees. */
export async function dumpRows(db: Queryable): Promise<unknown> {
  const dump: Record<string, unknown> = {};
  for (const [table, without] of [
    ["entity", "'{revision,search_text,search_words}'::text[]"],
    ["relation", "'{revision}'::text[]"],
    ["triple", "'{revision}'::text[]"],
    ["shape", "'{revision}'::text[]"],
  ]) {
    const rows = await db.query<{ row: unknown }>(
      `select to_jsonb(t) - ${without} as row from ${table} t order by id`,
    );
    dump[table] = rows.map(({ row }) => row);
  }
  dump.degrees = await db.query("select * from entity_degree order by entity_id");
  return dump;
}
