import type { Database } from "../../../../src/kg/database.ts";

/** Every index, constraint and column with what it demands, in one order. */
export async function dumpSchema(db: Database): Promise<string[]> {
  const rows = await db.query<{ line: string }>(`
    select indexdef as line from pg_indexes where schemaname = 'public'
    union all select format('%s on %s: %s, validated %s', conname, conrelid::regclass, pg_get_constraintdef(oid), convalidated)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select format('%s.%s %s', attrelid::regclass, attname, attnotnull) from pg_attribute a
      join pg_class c on c.oid = attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace where attnum > 0
    order by 1`);
  return rows.map(({ line }) => line);
}
