import type { MigrationInterface, QueryRunner } from "typeorm";

const FIRST_PREVIOUS = `'\\x${"00".repeat(32)}'`;

/** What is hashed of a change; the same before and after. See `src/kg/changes/chain/hashChange.ts`. */
const HASH = `
  select sha256(convert_to(
      hash_field(encode(previous, 'hex')) || hash_field(c.revision::text) || hash_field(c.kind)
      || hash_field(c.actor) || hash_field(c.reason) || hash_field(v.reverts::text)
      || hash_field(to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
      || hash_field(encode(sha256(coalesce((
          select string_agg(sha256(convert_to(
              hash_field(r.subject) || hash_field(r.subject_id::text) || hash_field(r.head_id::text)
              || hash_field(r.tail_id::text) || hash_field(r.before::text) || hash_field(r.after::text), 'UTF8')),
            '' order by r.id)
            from change_row r where r.revision = of), '')), 'hex')), 'UTF8'))
    from change c left join change_revert v on v.revision = c.revision where c.revision = of`;

/**
 * A change costs Postgres half of what it did. The hash is the same, but planned once per connection: a function in
 * SQL is planned at each call, which took four times as long as to run it. And whoever opens a change is told of it
 * as it stands in the log, and need not ask for it again.
 */
export class QuickenChanges1700000023000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`drop function hash_change(bigint, bytea)`);
    await db.query(`
      create function hash_change(of bigint, previous bytea) returns bytea language plpgsql stable as $$
      begin
        return (${HASH});
      end $$`);
    await db.query(`
      create or replace function chain_change() returns trigger language plpgsql as $$
      begin
        insert into change_hash (revision, hash) values (new.revision, hash_change(new.revision,
          coalesce((select hash from change_hash where revision = new.revision - 1), ${FIRST_PREVIOUS})));
        return null;
      end $$`);
    await db.query(`
      create function begin_change(kind text, actor text, reason text default null) returns change
      language plpgsql as $$
      declare begun change; opened bigint; word text;
      begin
        update graph set revision = graph.revision + 1 returning graph.revision into opened;
        insert into change (revision, kind, actor, reason) values (opened, kind, actor, reason)
          returning * into begun;
        word := set_config('whygraph.change', opened::text, true);
        perform pg_notify('whygraph', '{"revision":"' || opened || '"}');
        return begun;
      end $$`);
    await db.query(`
      create or replace function open_change(kind text, actor text, reason text default null) returns bigint
      language plpgsql as $$
      begin
        return (begin_change(kind, actor, reason)).revision;
      end $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function open_change(kind text, actor text, reason text default null) returns bigint
      language plpgsql as $$
      declare opened bigint;
      begin
        update graph set revision = graph.revision + 1 returning graph.revision into opened;
        insert into change (revision, kind, actor, reason) values (opened, kind, actor, reason);
        perform set_config('whygraph.change', opened::text, true);
        perform pg_notify('whygraph', json_build_object('revision', opened::text)::text);
        return opened;
      end $$`);
    await db.query(`drop function begin_change(text, text, text)`);
    await db.query(`
      create or replace function chain_change() returns trigger language plpgsql as $$
      declare previous bytea;
      begin
        select hash into previous from change_hash where revision = new.revision - 1;
        insert into change_hash (revision, hash)
          values (new.revision, hash_change(new.revision, coalesce(previous, ${FIRST_PREVIOUS})));
        return null;
      end $$`);
    await db.query(`drop function hash_change(bigint, bytea)`);
    await db.query(`
      create function hash_change(of bigint, previous bytea) returns bytea language sql stable as $$
        ${HASH}
      $$`);
  }
}
