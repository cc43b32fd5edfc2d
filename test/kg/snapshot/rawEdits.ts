import type { Database } from "../../../src/kg/database.ts";
import type { Queryable } from "../../../src/kg/types.ts";

/** Edits past all checks, with two numbers ($1, $2) that say which rows. */
export const RAW_EDITS = [
  // An entity comes, changes, goes, comes back under its old id, is merged.
  `insert into entity (key, type, name, is_item) values (gen_random_uuid(), 'type' || $1 % 3, '', $2 % 2 = 0)`,
  `update entity set type = 'type' || $2 % 4, is_item = not is_item where id = (select pick('entity', $1))`,
  `with gone as (delete from triple where pick('entity', $1) in (head_id, tail_id)) select $2::int`,
  `delete from entity e where id = (select pick('entity', $1)) and $2::int is not null
     and not exists (select from triple where e.id in (head_id, tail_id))
     and not exists (select from entity m where m.merged_into = e.id)`,
  `insert into entity (id, key, type, name) overriding system value
     select subject_id, gen_random_uuid(), 'back', '' from change_row where subject = 'entity' and after is null
        and revision > (select max(revision) from change where kind = 'seed') and $1::int is not null
      order by id desc limit 1 offset $2 % 2 on conflict do nothing`,
  `update entity set merged_into = case when merged_into is null then pick('entity', $2) end
    where id = (select pick('entity', $1)) and id <> pick('entity', $2)`,
  // A relation comes and goes.
  `insert into relation (key, label) select gen_random_uuid(), 'new' where $1::int + $2::int > 0`,
  `delete from relation r where id = (select pick('relation', $1)) and $2 % 3 = 0
     and not exists (select from triple where relation_id = r.id)`,
  // A triple comes, goes, is deprecated or restored, gets another confidence, other ends (a merge), other notes.
  ...new Array(4).fill(
    `insert into triple (head_id, relation_id, tail_id, confidence)
       select pick('entity', $1), pick('relation', $1), pick('entity', $2), ($2 % 11) / 10.0 on conflict do nothing`,
  ),
  `delete from triple where id = (select pick('triple', $1)) and $2::int is not null`,
  `update triple set rank = (case when rank = 'DEPRECATED' then 'PREFERRED' else 'DEPRECATED' end)::triple_rank
    where id = (select pick('triple', $1)) and $2::int is not null`,
  `update triple set confidence = ($2 % 7) / 6.0 where id = (select pick('triple', $1))`,
  `update triple t set head_id = pick('entity', $2) where id = (select pick('triple', $1)) and not exists (
     select from triple o where (o.head_id, o.relation_id, o.tail_id) = (pick('entity', $2), t.relation_id, t.tail_id))`,
  `update triple t set tail_id = pick('entity', $2) where id = (select pick('triple', $1)) and not exists (
     select from triple o where (o.head_id, o.relation_id, o.tail_id) = (t.head_id, t.relation_id, pick('entity', $2)))`,
  `update triple set qualifiers = '{"note": 1}' where id = (select pick('triple', $1)) and $2::int is not null`,
];

/** The id at a place of a table, counted round, so that every random number means a row that is there. */
export const PICK = `
  create function pick(what text, place int) returns bigint language plpgsql stable as $$
  declare found bigint;
  begin
    execute format('select id from %I order by id offset $1 %% greatest(1, (select count(*) from %I)) limit 1', what, what)
      into found using place;
    return found;
  end $$`;

/** Runs `work` in one change. */
export async function change(database: Database, kind: string, work: (db: Queryable) => Promise<unknown>) {
  await database.transaction(async (db) => {
    await db.query(`select open_change($1, 'tester')`, [kind]);
    await work(db);
  });
}

/** Puts five entities, two relations and up to six triples in the place of whatever is there. Needs `PICK`. */
export async function seed(database: Database): Promise<void> {
  await change(database, "seed", async (db) => {
    for (const table of ["triple", "entity", "relation"]) await db.query(`delete from ${table}`);
    await db.query(`insert into relation (key, label) values ('a', 'a'), ('b', 'b')`);
    await db.query(`insert into entity (key, type, name, is_item)
      select 'e' || i, 'type' || i % 2, '', i % 2 = 0 from generate_series(1, 5) i`);
    await db.query(`insert into triple (head_id, relation_id, tail_id)
      select pick('entity', i), pick('relation', i), pick('entity', i * 3) from generate_series(1, 6) i on conflict do nothing`);
  });
}
