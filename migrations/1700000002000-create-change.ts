import type { MigrationInterface, QueryRunner } from "typeorm";

const LOGGED = ["entity", "relation", "triple"] as const;

/**
 * The append-only change log. A change is one reversible edit in one transaction; its revision is gapless and
 * in commit order, because `open_change` locks the one row of `graph` until the transaction ends. Triggers
 * write every row that an edit touches, so no write to the graph can pass the log: without an open change the
 * write is refused.
 */
export class CreateChange1700000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table graph (
        singleton boolean primary key default true check (singleton),
        revision bigint not null default 0
      )`);
    await db.query(`insert into graph default values`);
    await db.query(`
      create table change (
        revision bigint primary key,
        kind text not null,
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp()
      )`);
    await db.query(`create index change_kind on change (kind, revision desc)`);
    await db.query(`create index change_actor on change (actor, revision desc)`);
    await db.query(`create index change_at on change (at)`);
    await db.query(`
      create table change_row (
        revision bigint not null references change(revision),
        id bigint generated always as identity,
        subject_id bigint not null,
        head_id bigint, -- of a triple: as it is after the change, or was before it was deleted
        tail_id bigint,
        subject text not null,
        before json, -- not jsonb: it is written far more often than it is read
        after json,
        primary key (revision, id),
        check (before is not null or after is not null)
      )`);
    // Nobody asks for one triple's rows but by its ends, and an import writes 100,000 of them.
    await db.query(
      `create index change_row_subject on change_row (subject_id, revision desc) where subject = 'entity'`,
    );
    // A curated triple belongs to the history of both its ends. Columns, because an index that reads the ends out of
    // the JSON of 100,000 rows takes longer than all else that logs them.
    await db.query(
      `create index change_row_head on change_row (head_id, revision desc) where head_id is not null`,
    );
    await db.query(
      `create index change_row_tail on change_row (tail_id, revision desc) where tail_id is not null`,
    );

    await db.query(`
      create function open_change(kind text, actor text, reason text default null) returns bigint
      language plpgsql as $$
      declare opened bigint;
      begin
        update graph set revision = graph.revision + 1 returning graph.revision into opened;
        insert into change (revision, kind, actor, reason) values (opened, kind, actor, reason);
        perform set_config('whygraph.change', opened::text, true);
        perform pg_notify('whygraph', json_build_object('revision', opened::text)::text);
        return opened;
      end $$`);
    await db.query(`
      create function current_change() returns bigint language plpgsql stable as $$
      declare opened text := current_setting('whygraph.change', true);
      begin
        if opened is null or opened = '' then
          raise exception 'a write to the graph needs an open change: select open_change(kind, actor, reason) first in the same transaction'
            using errcode = 'WG001';
        end if;
        return opened::bigint;
      end $$`);
    for (const table of LOGGED) await logWrites(db, table);
    await db.query(`
      create function refuse_change_edit() returns trigger language plpgsql as $$
      begin
        raise exception 'the change log is append-only: % of % is refused', lower(tg_op), tg_table_name
          using errcode = 'WG002';
      end $$`);
    for (const table of ["change", "change_row"]) {
      await db.query(`create trigger ${table}_append_only before update or delete or truncate on ${table}
        for each statement execute function refuse_change_edit()`);
    }
    await db.query(`
      create function refuse_truncate() returns trigger language plpgsql as $$
      begin
        raise exception 'truncate of % is refused: no log could bring its rows back; delete them in an open change',
          tg_table_name using errcode = 'WG002';
      end $$`);
    for (const table of LOGGED) {
      await db.query(`create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_truncate()`);
    }
    // Nothing may pass the log or the degrees, not even a session that skips the checks of foreign keys
    // (session_replication_role = replica), as an import does that has looked up every end itself.
    const triggers: readonly { readonly table: string; readonly name: string }[] = await db.query(`
      select tgrelid::regclass::text as table, tgname as name from pg_trigger
       where not tgisinternal and tgrelid = any ('{entity,relation,triple,change,change_row}'::regclass[])`);
    for (const { table, name } of triggers) {
      await db.query(`alter table ${table} enable always trigger ${name}`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of LOGGED) {
      for (const event of ["log_insert", "log_delete", "log_update", "no_truncate"]) {
        await db.query(`drop trigger ${table}_${event} on ${table}`);
      }
      await db.query(`drop function log_${table}_insert(), log_${table}_delete(), log_${table}_update()`);
    }
    await db.query(`drop table change_row, change, graph`);
    await db.query(
      `drop function open_change(text, text, text), current_change(), refuse_change_edit(), refuse_truncate()`,
    );
  }
}

// Without the generated columns, which cost more than the others to write down.
const ENTITY_COLUMNS = "id key type name aliases description attributes is_item merged_into revision".split(
  " ",
);

/**
 * Makes the triggers that log each row of a table. The subquery asks for the open change once per statement, and
 * only where the statement touches a row.
 */
async function logWrites(db: QueryRunner, table: (typeof LOGGED)[number]): Promise<void> {
  const image = (row: string) =>
    table === "entity"
      ? `(select row_to_json(image) from (select ${ENTITY_COLUMNS.map((name) => `${row}.${name}`)}) image)`
      : `row_to_json(${row})`;
  const ends = (row: string) => (table === "triple" ? `${row}.head_id, ${row}.tail_id` : "null, null");
  const log = (event: string, columns: string, rows: string) => `
      create function log_${table}_${event}() returns trigger language plpgsql as $$
      begin
        insert into change_row (revision, subject, subject_id, head_id, tail_id, ${columns})
          select (select current_change()), '${table}', ${rows};
        return null;
      end $$`;
  const [before, after] = [image("removed"), image("added")];
  await db.query(log("insert", "after", `added.id, ${ends("added")}, ${after} from added`));
  await db.query(log("delete", "before", `removed.id, ${ends("removed")}, ${before} from removed`));
  await db.query(
    log(
      "update",
      "before, after",
      `added.id, ${ends("added")}, ${before}, ${after} from added join removed on removed.id = added.id`,
    ),
  );
  await db.query(`create trigger ${table}_log_insert after insert on ${table}
    referencing new table as added for each statement execute function log_${table}_insert()`);
  await db.query(`create trigger ${table}_log_delete after delete on ${table}
    referencing old table as removed for each statement execute function log_${table}_delete()`);
  await db.query(`create trigger ${table}_log_update after update on ${table}
    referencing old table as removed new table as added for each statement execute function log_${table}_update()`);
}
