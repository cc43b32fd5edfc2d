import type { Entity, EntityId, Queryable, Revision } from "../types.ts";

const AT_A_TIME = 20_000;
/** What a gazetteer holds of an entity. */
export type NamedRow = Pick<Entity, "id" | "key" | "type" | "name" | "aliases" | "isItem"> & {
  /** The attribute "year", where it is a whole number. */
  readonly year: number | null;
};

const COLUMNS = `e.id, e.key, e.type, e.name, e.aliases, e.is_item as "isItem",
  case when e.attributes->>'year' ~ '^[0-9]{1,4}$' then (e.attributes->>'year')::int end as year`;
// Primary key of entity.
const NAMED = `
  select ${COLUMNS} from entity e where e.id > $1::bigint and e.merged_into is null order by e.id limit $2`;
// Index change_row_pkey.
const CHANGED = `
  select r.id as touched, ${COLUMNS}
    from (select distinct subject_id as id from change_row
           where revision > $1::bigint and revision <= $2::bigint and subject = 'entity') r
    left join entity e on e.id = r.id and e.merged_into is null`;

/** Finds the names of all entities, in the order of their ids, 20,000 in a statement. */
export async function* findNamedEntities(db: Queryable): AsyncGenerator<readonly NamedRow[]> {
  let after: EntityId = "0";
  for (;;) {
    const rows = await db.query<NamedRow>(NAMED, [after, AT_A_TIME]);
    if (rows.length > 0) yield rows;
    if (rows.length < AT_A_TIME) return;
    after = (rows.at(-1) as NamedRow).id;
  }
}

/** Finds the entities that the changes after one revision, up to another, touched: null for one that is gone. */
export async function findRenamedEntities(
  db: Queryable,
  after: Revision,
  upTo: Revision,
): Promise<Map<EntityId, NamedRow | null>> {
  const rows = await db.query<NamedRow & { touched: EntityId; id: EntityId | null }>(CHANGED, [after, upTo]);
  return new Map(rows.map(({ touched, ...row }) => [touched, row.id === null ? null : row]));
}
