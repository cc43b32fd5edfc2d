import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Chains the change log: each change gets a hash over its content and the hash before it, written when its
 * transaction commits, so that nothing in the log can be altered, moved or dropped without breaking every later
 * hash. A change also says which one it reverts. The canonical form that is hashed is spelled out in
 * `src/kg/changes/chain/hashChange.ts`, which verifies it without this SQL.
 */
export class ChainChanges1700000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table change_revert (
        revision bigint primary key references change(revision),
        reverts bigint not null references change(revision) check (reverts < revision)
      )`);
    await db.query(`create index change_revert_reverts on change_revert (reverts)`);
    await db.query(`
      create table change_hash (
        revision bigint primary key references change(revision),
        hash bytea not null check (length(hash) = 32)
      )`);
    await db.query(`
      create function hash_field(value text) returns text language sql immutable parallel safe
        return coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-')`);
    // A digest per row, so that an import of 100,000 rows never makes one text of them. Index change_row_pkey.
    await db.query(`
      create function hash_change(of bigint, previous bytea) returns bytea language sql stable as $$
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
          from change c left join change_revert v on v.revision = c.revision where c.revision = of
      $$`);
    await db.query(`
      create function chain_change() returns trigger language plpgsql as $$
      declare previous bytea;
      begin
        select hash into previous from change_hash where revision = new.revision - 1;
        insert into change_hash (revision, hash)
          values (new.revision, hash_change(new.revision, coalesce(previous, '\\x${"00".repeat(32)}')));
        return null;
      end $$`);
    await db.query(`
      do $$
      declare last bytea := '\\x${"00".repeat(32)}'; old bigint;
      begin
        for old in select revision from change order by revision loop
          last := hash_change(old, last);
          insert into change_hash (revision, hash) values (old, last);
        end loop;
      end $$`);
    // Deferred: when it runs, all rows of the change are written, and the lock on graph is still held.
    await db.query(`create constraint trigger change_chain after insert on change
      deferrable initially deferred for each row execute function chain_change()`);
    await db.query(`alter table change enable always trigger change_chain`);
    for (const table of ["change_hash", "change_revert"]) {
      await db.query(`create trigger ${table}_append_only before update or delete or truncate on ${table}
        for each statement execute function refuse_change_edit()`);
      await db.query(`alter table ${table} enable always trigger ${table}_append_only`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop trigger change_chain on change`);
    await db.query(`drop table change_hash, change_revert`);
    await db.query(`drop function chain_change(), hash_change(bigint, bytea), hash_field(text)`);
  }
}
