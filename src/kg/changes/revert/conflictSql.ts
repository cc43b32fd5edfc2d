import type { LoggedTable } from "../findLoggedTables.ts";

/** Tables outside the log whose rows keep a logged row from being deleted. */
export interface OutsideReference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
}

/** Why a row cannot be put back as it was before the change. */
export type ConflictReason =
  | "CHANGED" // it was edited since
  | "GONE" // it was deleted since
  | "BACK" // the change deleted it, and it is there again
  | "TAKEN" // another row has its key, or is the same triple
  | "NEEDED" // it would go, and another row refers to it
  | "USED" // it would go, and rows outside the log refer to it
  | "MISSING" // it would come back, and what it refers to is gone
  | "MERGED" // it would come back to an entity that was merged since
  | "CROWDED"; // it would come back beside a later triple where its relation allows no more

/**
 * A subquery for each way in which a table's rows may stand in the way, with the columns subject, id, reason, image
 * (the row as it is or was), other (subject of the row in the way), other_id, other_image and outside (table: count).
 * They read `net_row`; $1 is the revision of the change. Current rows are found by their ids, keys and foreign keys.
 */
export function conflictsOf(
  table: LoggedTable,
  tables: readonly LoggedTable[],
  outside: readonly OutsideReference[],
): string[] {
  return [
    changed(table),
    ...table.uniques.map((columns) => taken(table, columns)),
    ...table.references.map(({ column, to }) => missing(table, column, to)),
    ...tables.flatMap((other) =>
      other.references
        .filter(({ to }) => to === table.name)
        .map(({ column }) => needed(table, other, column)),
    ),
    ...outside.filter(({ to }) => to === table.name).map((reference) => used(table, reference)),
    ...(table.name === "triple" ? [merged(), crowded()] : []),
  ];
}

const NO_OTHER =
  "null::text as other, null::bigint as other_id, null::jsonb as other_image, null::text as outside";
const inNet = (subject: string, id: string) =>
  `exists (select from net_row m where m.subject = '${subject}' and m.id = ${id})`;

/** The row is not as the change left it. Its `revision` alone does not count: a reverted revert has raised it. */
function changed({ name }: LoggedTable): string {
  return `
    select n.subject, n.id, case when n.after is null then 'BACK' when t.id is null then 'GONE' else 'CHANGED' end as reason,
           coalesce(n.after, n.before) as image, ${NO_OTHER}
      from net_row n left join ${name} t on t.id = n.id
     where n.subject = '${name}' and case when n.after is null then t.id is not null when t.id is null then true
             else jsonb_populate_record(t, n.after - 'revision') is distinct from t end`;
}

/** A row that the change did not touch has what the row had before. */
function taken({ name }: LoggedTable, columns: readonly string[]): string {
  const list = (row: string) => columns.map((column) => `${row}.${column}`).join(", ");
  return `
    select n.subject, n.id, 'TAKEN' as reason, n.before as image, '${name}' as other, t.id as other_id,
           to_jsonb(t) as other_image, null::text as outside
      from net_row n cross join lateral jsonb_populate_record(null::${name}, n.before) p
      join ${name} t on (${list("t")}) = (${list("p")})
     where n.subject = '${name}' and n.before is not null and t.id <> n.id and not ${inNet(name, "t.id")}`;
}

function missing({ name }: LoggedTable, column: string, to: string): string {
  return `
    select n.subject, n.id, 'MISSING' as reason, n.before as image, '${to}' as other, (n.before->>'${column}')::bigint as other_id,
           null::jsonb as other_image, null::text as outside
      from net_row n
      left join net_row m on m.subject = '${to}' and m.id = (n.before->>'${column}')::bigint
      left join ${to} t on t.id = (n.before->>'${column}')::bigint
     where n.subject = '${name}' and n.before->>'${column}' is not null
       and m.before is null and (t.id is null or m.id is not null)`;
}

function needed({ name }: LoggedTable, other: LoggedTable, column: string): string {
  return `
    select n.subject, n.id, 'NEEDED' as reason, n.after as image, '${other.name}' as other, t.id::bigint as other_id,
           to_jsonb(t) as other_image, null::text as outside
      from net_row n join ${other.name} t on t.${column} = n.id
     where n.subject = '${name}' and n.before is null and not ${inNet(other.name, "t.id")}`;
}

/** Interactions that were written together with the change go with their items: see `asideSql`. */
function used({ name }: LoggedTable, { table, column }: OutsideReference): string {
  const alien =
    table === "interaction"
      ? "and t.tx is distinct from (select c.tx from change c where c.revision = $1::bigint)"
      : "";
  return `
    select n.subject, n.id, 'USED' as reason, n.after as image, null::text as other, null::bigint as other_id,
           null::jsonb as other_image, '${table}: ' || count(*) as outside
      from net_row n join ${table} t on t.${column} = n.id ${alien}
     where n.subject = '${name}' and n.before is null group by n.subject, n.id, n.after`;
}

/** The end of a triple is merged into another entity, and was not before the change. Index change_row_subject. */
function merged(): string {
  return `
    select n.subject, n.id, 'MERGED' as reason, n.before as image, 'entity' as other, e.id as other_id,
           to_jsonb(e) as other_image, null::text as outside
      from net_row n join entity e on e.id in ((n.before->>'head_id')::bigint, (n.before->>'tail_id')::bigint)
     where n.subject = 'triple' and e.merged_into is not null and not ${inNet("entity", "e.id")}
       and (select r.after->>'merged_into' from change_row r where r.subject = 'entity' and r.subject_id = e.id
               and r.revision < $1::bigint order by r.revision desc, r.id desc limit 1) is null`;
}

/**
 * A triple that was not there before the change stands where the relation allows no more, or says the same the other
 * way round. Indexes triple_head, triple_tail and change_row_history.
 */
function crowded(): string {
  return `
    select n.subject, n.id, 'CROWDED' as reason, n.before as image, 'triple' as other, t.id as other_id,
           to_jsonb(t) as other_image, null::text as outside
      from net_row n cross join lateral jsonb_populate_record(null::triple, n.before) p
      join relation r on r.id = p.relation_id and (r.max_per_head is not null or r.is_symmetric)
      join triple t on t.relation_id = p.relation_id and (t.head_id = p.head_id
             or (r.is_symmetric and (p.head_id = t.tail_id or p.tail_id in (t.head_id, t.tail_id))))
     where n.subject = 'triple' and not ${inNet("triple", "t.id")}
       and not coalesce((
             select (c.after->>'head_id', c.after->>'relation_id', c.after->>'tail_id')
                      = (t.head_id::text, t.relation_id::text, t.tail_id::text)
                    and (c.after->>'rank' <> 'DEPRECATED' or t.rank = 'DEPRECATED')
               from change_row c where c.subject = 'triple' and c.subject_id = t.id and c.revision < $1::bigint
              order by c.revision desc, c.id desc limit 1), false)
       and ((r.is_symmetric and (t.head_id, t.tail_id) = (p.tail_id, p.head_id))
         or (p.rank <> 'DEPRECATED' and t.rank <> 'DEPRECATED' and r.max_per_head < (
              select count(*) from triple o where o.relation_id = r.id and o.rank <> 'DEPRECATED'
                 and (o.head_id = p.head_id or (r.is_symmetric and o.tail_id = p.head_id)) and not ${inNet("triple", "o.id")}
             ) + (
              select count(*) from net_row o cross join lateral jsonb_populate_record(null::triple, o.before) b
               where o.subject = 'triple' and b.relation_id = r.id and b.rank <> 'DEPRECATED'
                 and (b.head_id = p.head_id or (r.is_symmetric and b.tail_id = p.head_id)))))`;
}
