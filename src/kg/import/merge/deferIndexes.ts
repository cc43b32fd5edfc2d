import type { Queryable } from "../../types.ts";

const TABLES = "'{entity,entity_degree,triple,interaction,change_row}'::regclass[]";
const WORTH_IT = 10_000; // below that many rows, making the indexes anew costs more than it saves
const LOCK_MS = 500;

// An import into an empty graph, by a role that owns the tables and so may make their indexes.
const MAY = `
  select not exists (select from entity) and not exists (select from triple) and not exists (select from interaction)
         and not exists (select from change_row)
         and (select bool_and(pg_has_role(relowner, 'usage') and has_schema_privilege(relnamespace, 'create'))
                from pg_class where oid = any (${TABLES})) as may`;
// All but the keys that the merge itself looks up, which foreign keys refer to.
const INDEXES = `
  select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, quote_ident(c.conname) as constraint,
         coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
    from pg_index i left join pg_constraint c
      on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('p', 'u', 'x')
   where i.indrelid = any (${TABLES})
     and not (c.oid is not null and exists (select from pg_constraint f where f.confrelid = i.indrelid))
   order by i.indexrelid`;

interface Index {
  readonly name: string;
  readonly table: string;
  /** Whose index it is, if any's. */
  readonly constraint: string | null;
  readonly definition: string;
}

/**
 * Drops the indexes of an empty graph until its rows are in, and gives the function that makes them again, or null
 * where they stay. An index made at once of sorted rows takes a third of the time of one that grows row by row, the
 * trigrams a twentieth; `npm run bench import` prints what an import takes. All of it is part of the import's
 * transaction: whatever ends that early, the indexes are there. Until it commits, nobody can read the
 * tables, in which there is nothing to be read; where someone does so right now, the indexes stay.
 */
export async function deferIndexes(db: Queryable, rows: number): Promise<(() => Promise<void>) | null> {
  if (rows < WORTH_IT) return null;
  const [{ may }] = await db.query<{ may: boolean }>(MAY);
  if (!may || !(await lockTables(db))) return null;
  const indexes = await db.query<Index>(INDEXES);
  for (const { name, table, constraint } of indexes) {
    await db.query(constraint ? `alter table ${table} drop constraint ${constraint}` : `drop index ${name}`);
  }
  return async () => {
    for (const { table, constraint, definition } of indexes) {
      await db.query(
        constraint ? `alter table ${table} add constraint ${constraint} ${definition}` : definition,
      );
    }
  };
}

/** Waits less than the second after which Postgres looks for deadlocks, and so never ends someone else's work. */
async function lockTables(db: Queryable): Promise<boolean> {
  await db.query("savepoint locked");
  try {
    await db.query(`set local lock_timeout = ${LOCK_MS}`);
    await db.query(
      "lock table entity, entity_degree, triple, interaction, change_row in access exclusive mode",
    );
    await db.query("set local lock_timeout to default");
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== "55P03") throw error; // lock_not_available
    await db.query("rollback to savepoint locked");
    return false;
  }
}
