import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Lets processes follow what users do. An interaction keeps the transaction that wrote it: ids are handed out
 * before rows become visible, so only `pg_visible_in_snapshot` tells exactly which rows somebody has read before.
 * A model keeps what was visible when its interactions were read. Rows that are gone leave no trace but a count.
 */
export class FollowInteractions1700000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table interaction add column tx xid8 not null default pg_current_xact_id()`);
    // Rows of one transaction share an entry, so an import adds little to it.
    await db.query(`create index interaction_tx on interaction (tx)`);
    await db.query(`alter table model add column seen pg_snapshot not null default pg_current_snapshot()`);
    await db.query(`
      create table interaction_removal (
        singleton boolean primary key default true check (singleton),
        count bigint not null default 0
      )`);
    await db.query(`insert into interaction_removal default values`);
    await db.query(`
      create function announce_interactions() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' then update interaction_removal set count = count + 1; end if;
        perform pg_notify('whygraph', '{"interactions":true}'); -- once per transaction: equal notices are one
        return null;
      end $$`);
    for (const event of ["insert", "delete", "truncate"]) {
      await db.query(`create trigger interaction_announce_${event} after ${event} on interaction
        for each statement execute function announce_interactions()`);
      // Also in a session that skips the checks of foreign keys, as an import does.
      await db.query(`alter table interaction enable always trigger interaction_announce_${event}`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const event of ["insert", "delete", "truncate"]) {
      await db.query(`drop trigger interaction_announce_${event} on interaction`);
    }
    await db.query(`drop function announce_interactions()`);
    await db.query(`drop table interaction_removal`);
    await db.query(`alter table model drop column seen`);
    await db.query(`alter table interaction drop column tx`);
  }
}
