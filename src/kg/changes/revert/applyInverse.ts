import type { JSONObject, Queryable, Revision } from "../../types.ts";
import type { LoggedTable } from "../findLoggedTables.ts";
import { findJoined, raiseJoined } from "./findJoined.ts";

// A triple that goes back to other ends is deleted and inserted: moved one by one, two could meet on the way.
const MOVED = `(n.before is not null and n.after is not null and (n.before->>'head_id', n.before->>'relation_id', n.before->>'tail_id')
  is distinct from (n.after->>'head_id', n.after->>'relation_id', n.after->>'tail_id'))`;
// What other rows may collide with or refer to goes out of the way first; index entity_pkey.
const PARK_ENTITIES = `
  update entity e set key = 'reverting:' || e.id, merged_into = null from net_row n
   where n.subject = 'entity' and n.id = e.id and n.before is not null and n.after is not null
     and (n.before->>'key', n.before->>'merged_into') is distinct from (n.after->>'key', n.after->>'merged_into')`;
const PARK_RELATIONS = `
  update relation r set key = 'reverting:' || r.id from net_row n
   where n.subject = 'relation' and n.id = r.id and n.before->>'key' <> n.after->>'key'`;

// Interactions that were written together with a change that made their item, and came with it.
const SET_ASIDE = `
  with gone as (
    delete from interaction i using net_row n, change c
     where n.subject = 'entity' and n.before is null and i.item_id = n.id and c.revision = $1::bigint and i.tx = c.tx
    returning i.*)
  insert into interaction_aside (revision, id, user_key, item_id, kind, weight, at, split)
    select current_change(), id, user_key, item_id, kind, weight, at, split from gone`;
const BRING_BACK = `
  with back as (delete from interaction_aside where revision = $1::bigint returning *)
  insert into interaction (user_key, item_id, kind, weight, at, split)
    select user_key, item_id, kind, weight, at, split from back order by user_key, item_id, kind, at
    on conflict on constraint interaction_once do nothing`;

/**
 * Puts the rows of `net_row` back as they were before the change `revision`, under their ids, in a handful of
 * statements whatever their number. What nothing contradicts is asserted before, see `findConflicts`. The `revision` of
 * a row goes on, past all that it ever was.
 */
export async function applyInverse(
  tx: Queryable,
  revision: Revision,
  tables: readonly LoggedTable[],
): Promise<void> {
  const joined = await findJoined(tx);
  await tx.query(SET_ASIDE, [revision]);
  await tx.query(PARK_ENTITIES);
  await tx.query(PARK_RELATIONS);
  for (const table of tables.toReversed()) await tx.query(deleteSql(table));
  const defaults = await findDefaults(tx, tables);
  for (const table of tables) await tx.query(insertSql(table), [defaults.get(table.name)]);
  for (const table of tables) await tx.query(updateSql(table));
  await raiseJoined(tx, joined);
  await tx.query(BRING_BACK, [revision]);
}

/** Values of columns that a row logged by an older version may lack. */
async function findDefaults(tx: Queryable, tables: readonly LoggedTable[]): Promise<Map<string, JSONObject>> {
  const objects = tables.map(({ name, defaults }) => {
    const pairs = defaults.map(({ column, sql }) => `'${column}', ${sql}`);
    return `select '${name}' as name, jsonb_build_object(${pairs.join(", ")}) as value`;
  });
  const rows = await tx.query<{ name: string; value: JSONObject }>(objects.join(" union all "));
  return new Map(rows.map(({ name, value }) => [name, value]));
}

function deleteSql({ name }: LoggedTable): string {
  return `delete from ${name} t using net_row n
    where n.subject = '${name}' and n.id = t.id and (n.before is null ${name === "triple" ? `or ${MOVED}` : ""})`;
}

/** Inserts what is not there (any more). Indexes change_row_history and change_row_subject. */
function insertSql({ name, columns }: LoggedTable): string {
  const values = columns.map((column) => (column === "revision" ? "last.revision + 1" : `p.${column}`));
  return `insert into ${name} (${columns.join(", ")}) overriding system value
    select ${values.join(", ")}
      from net_row n cross join lateral jsonb_populate_record(null::${name}, $1::jsonb || n.before) p
     cross join lateral (select (r.before->>'revision')::integer as revision from change_row r
        where r.subject = '${name}' and r.subject_id = n.id order by r.revision desc, r.id desc limit 1) last
     where n.subject = '${name}' and n.before is not null and not exists (select from ${name} t where t.id = n.id)
     order by n.id`;
}

function updateSql({ name, columns }: LoggedTable): string {
  const set = columns
    .filter((column) => column !== "id")
    .map((column) => `${column} = ${column === "revision" ? "t.revision + 1" : `p.${column}`}`);
  return `update ${name} t set ${set.join(", ")}
     from (select p.* from net_row n join ${name} t on t.id = n.id
            cross join lateral jsonb_populate_record(t, n.before - 'revision') p
            where n.subject = '${name}' and n.before is not null and n.after is not null ${name === "triple" ? `and not ${MOVED}` : ""}) p
    where p.id = t.id`;
}
