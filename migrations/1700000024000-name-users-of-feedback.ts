import type { MigrationInterface, QueryRunner } from "typeorm";

const EVENTS = [
  ["insert", "referencing new table as touched"],
  ["update", "referencing new table as touched"],
  ["delete", "referencing old table as touched"],
] as const;

/** Names the users in the notice of feedback too, where they are few: the histories of all others stay in memory. */
export class NameUsersOfFeedback1700000024000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function announce_feedback() returns trigger language plpgsql as $$
      declare
        users text;
      begin
        -- A notice holds 8,000 bytes. One look beyond the limit tells that they are too many.
        select case when count(*) <= 16 then json_agg(user_key)::text end into users
          from (select distinct user_key from touched limit 17) few;
        if users is null or octet_length(users) > 7000 then users := 'true'; end if;
        perform pg_notify('whygraph', '{"feedback":' || users || '}');
        return null;
      end $$`);
    await db.query(`drop trigger feedback_announce on feedback`);
    for (const [event, table] of EVENTS) {
      await db.query(`create trigger feedback_announce_${event} after ${event} on feedback
        ${table} for each statement execute function announce_feedback()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [event] of EVENTS) await db.query(`drop trigger feedback_announce_${event} on feedback`);
    await db.query(`
      create or replace function announce_feedback() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', '{"feedback":true}');
        return null;
      end $$`);
    await db.query(`create trigger feedback_announce after insert or update or delete on feedback
      for each statement execute function announce_feedback()`);
  }
}
