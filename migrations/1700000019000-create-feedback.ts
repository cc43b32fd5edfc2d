import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What users said of their recommendations: never this (EXCLUDE), or less of this reason (LESS). A row keeps the
 * transaction that wrote it and the one that took it back, so that an answer can be made again from what stood then.
 */
export class CreateFeedback1700000019000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table feedback (
        id bigint generated always as identity primary key,
        user_key text not null check (user_key <> '' and length(user_key) <= 512),
        kind text not null check (kind in ('EXCLUDE', 'LESS')),
        entity_id bigint references entity(id) on delete cascade,
        relation_id integer references relation(id) on delete cascade,
        factor double precision not null check (factor >= 0 and factor < 1),
        at timestamptz not null default clock_timestamp(),
        tx xid8 not null default pg_current_xact_id(),
        removed_tx xid8,
        check (entity_id is not null or relation_id is not null),
        check (kind = 'LESS' or relation_id is null)
      )`);
    await db.query(`create unique index feedback_standing on feedback (user_key, kind, entity_id, relation_id)
      nulls not distinct where removed_tx is null`);
    await db.query(`create index feedback_user on feedback (user_key, id)`);
    await db.query(`create index feedback_entity on feedback (entity_id)`);
    await db.query(`create index feedback_relation on feedback (relation_id) where relation_id is not null`);
    await db.query(`
      create function announce_feedback() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', '{"feedback":true}');
        return null;
      end $$`);
    await db.query(`create trigger feedback_announce after insert or update or delete on feedback
      for each statement execute function announce_feedback()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table feedback`);
    await db.query(`drop function announce_feedback()`);
  }
}
