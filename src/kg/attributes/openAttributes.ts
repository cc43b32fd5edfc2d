import type { EntityId, Queryable, Revision } from "../types.ts";

/** One attribute of all items that have it, as JSON values by entity. */
export type AttributeColumn = ReadonlyMap<EntityId, unknown>;
/** By name of the attribute. */
export type AttributeColumns = ReadonlyMap<string, AttributeColumn>;

const MOST_COLUMNS = 32; // kept in memory, those asked for last

// Every item that has the attribute, in one pass over the items; with the revision that this is of.
const COLUMN = `
  select e.id::text, e.attributes->$1 as value, g.revision from graph g
    left join entity e on e.is_item and e.merged_into is null and e.attributes ? $1`;
// The entities that changed since, as they are now. Index change_row_pkey.
const CHANGED = `
  select c.subject_id::text as id, case when e.is_item and e.merged_into is null then e.attributes->$1 end as value,
         g.revision
    from graph g
    left join (select distinct subject_id from change_row where subject = 'entity' and revision > $2) c on true
    left join entity e on e.id = c.subject_id`;
// What the entities that changed since were like: the first image after the revision shows what was before it.
const BEFORE = `
  select distinct on (subject_id) subject_id::text as id,
         case when (before->>'is_item')::boolean and before->>'merged_into' is null then before::jsonb->'attributes'->$1 end as value
    from change_row where subject = 'entity' and revision > $2 order by subject_id, revision, id`;

interface Row {
  readonly id: EntityId | null;
  readonly value: unknown;
  readonly revision: Revision;
}

interface Kept {
  readonly values: AttributeColumn;
  readonly revision: Revision;
}

/** The attributes that filters ask for, in memory by column, so that no filter asks Postgres per item. */
export interface Attributes {
  /** The columns as of `revision` or later: one statement for each that is new or has moved on. */
  find(names: readonly string[], revision: Revision): Promise<AttributeColumns>;
  /** The columns as they were at `revision`: one statement more for each. */
  findPast(names: readonly string[], revision: Revision): Promise<AttributeColumns>;
}

/** Opens the columns of attributes; each is read when it is first asked for, and then only what has changed. */
export function openAttributes(db: Queryable): Attributes {
  const columns = new Map<string, Promise<Kept>>();
  const load = async (name: string, revision: Revision): Promise<Kept> => {
    const before = columns.get(name);
    columns.delete(name);
    const next = (before ?? Promise.resolve(null)).then((kept) => refresh(db, name, { kept, revision }));
    columns.set(name, next);
    next.catch(() => columns.delete(name));
    if (columns.size > MOST_COLUMNS) columns.delete(columns.keys().next().value as string);
    return next;
  };
  const find: Attributes["find"] = async (names, revision) =>
    new Map(
      await Promise.all(
        [...new Set(names)].map(async (name) => [name, (await load(name, revision)).values] as const),
      ),
    );
  return {
    find,
    async findPast(names, revision) {
      const now = await find(names, revision);
      const then = [...now].map(async ([name, values]) => {
        const rows = await db.query<Row>(BEFORE, [name, revision]);
        return [name, put(new Map(values), rows)] as const;
      });
      return new Map(await Promise.all(then));
    },
  };
}

async function refresh(
  db: Queryable,
  name: string,
  { kept, revision }: { readonly kept: Kept | null; readonly revision: Revision },
): Promise<Kept> {
  if (!kept) {
    const rows = await db.query<Row>(COLUMN, [name]);
    return { values: put(new Map(), rows), revision: rows[0].revision };
  }
  if (BigInt(kept.revision) >= BigInt(revision)) return kept;
  const rows = await db.query<Row>(CHANGED, [name, kept.revision]);
  // A column that is being read stays as it is for who reads it.
  return { values: put(new Map(kept.values), rows), revision: rows[0].revision };
}

function put(values: Map<EntityId, unknown>, rows: readonly Row[]): Map<EntityId, unknown> {
  for (const { id, value } of rows) {
    if (id === null) continue;
    if (value === null || value === undefined) values.delete(id);
    else values.set(id, value);
  }
  return values;
}
