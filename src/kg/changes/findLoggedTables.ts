import type { Queryable } from "../types.ts";

/** A table whose rows the change log keeps, as the catalog of Postgres describes it. */
export interface LoggedTable {
  /** Also the `subject` of its rows in the log. */
  readonly name: string;
  /** All but the generated ones. */
  readonly columns: readonly string[];
  /** Columns that get a value of their own where a logged row of an older version lacks them, with its SQL. */
  readonly defaults: readonly { readonly column: string; readonly sql: string }[];
  /** Column lists of which no two rows may agree, besides the id. */
  readonly uniques: readonly (readonly string[])[];
  /** Columns that refer to the id of a logged table. */
  readonly references: readonly { readonly column: string; readonly to: string }[];
}

// A table is logged where the trigger of its inserts is.
const TABLES = `
  select t.oid::regclass::text as name,
         array(select attname::text from pg_attribute a
                where a.attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
         coalesce((select json_agg(json_build_object('column', attname, 'sql', pg_get_expr(adbin, adrelid)) order by attnum)
            from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where a.attrelid = t.oid and attgenerated = '' and not attisdropped), '[]') as defaults,
         coalesce((select json_agg(array(select attname from unnest(i.indkey) with ordinality as k(number, place)
                     join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number order by place))
            from pg_index i where i.indrelid = t.oid and i.indisunique and not i.indisprimary
             and i.indpred is null and i.indexprs is null), '[]') as uniques,
         coalesce((select json_agg(json_build_object('column', a.attname, 'to', c.confrelid::regclass::text) order by a.attnum)
            from pg_constraint c join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
           where c.conrelid = t.oid and c.contype = 'f' and cardinality(c.conkey) = 1), '[]') as "references"
    from pg_class t join pg_trigger g on g.tgrelid = t.oid and g.tgname = t.relname || '_log_insert'
   where t.relnamespace = current_schema()::regnamespace`;

// Rows are put back in this order and taken away in the reverse one: a triple needs all others.
const ORDER = ["entity", "relation", "triple"];

/** Finds the tables that are logged, what is referred to before what refers to it. */
export async function findLoggedTables(db: Queryable): Promise<readonly LoggedTable[]> {
  const tables = await db.query<LoggedTable>(TABLES);
  const place = ({ name }: LoggedTable) => {
    const known = ORDER.indexOf(name);
    return known === -1 ? 1.5 : known;
  };
  return tables.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}
