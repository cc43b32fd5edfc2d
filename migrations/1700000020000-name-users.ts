import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Names the users in the notice of interactions, where they are few, so that who keeps histories in memory drops
 * those alone. What is not named is everybody.
 */
export class NameUsers1700000020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function announce_interactions() returns trigger language plpgsql as $$
      declare
        users text;
      begin
        if tg_op <> 'INSERT' then update interaction_removal set count = count + 1; end if;
        if tg_op <> 'TRUNCATE' then
          -- A notice holds 8,000 bytes. One look beyond the limit tells that they are too many.
          select case when count(*) <= 16 then json_agg(user_key)::text end into users
            from (select distinct user_key from touched limit 17) few;
        end if;
        if users is null or octet_length(users) > 7000 then users := 'true'; end if;
        perform pg_notify('whygraph', '{"interactions":' || users || '}');
        return null;
      end $$`);
    for (const [event, table] of [
      ["insert", "new"],
      ["delete", "old"],
    ]) {
      await db.query(`drop trigger interaction_announce_${event} on interaction`);
      await db.query(`create trigger interaction_announce_${event} after ${event} on interaction
        referencing ${table} table as touched for each statement execute function announce_interactions()`);
      // Also in a session that skips the checks of foreign keys, as an import does.
      await db.query(`alter table interaction enable always trigger interaction_announce_${event}`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function announce_interactions() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' then update interaction_removal set count = count + 1; end if;
        perform pg_notify('whygraph', '{"interactions":true}');
        return null;
      end $$`);
    for (const event of ["insert", "delete"]) {
      await db.query(`drop trigger interaction_announce_${event} on interaction`);
      await db.query(`create trigger interaction_announce_${event} after ${event} on interaction
        for each statement execute function announce_interactions()`);
      await db.query(`alter table interaction enable always trigger interaction_announce_${event}`);
    }
  }
}
