import type { MigrationInterface, QueryRunner } from "typeorm";

/** What users did with items. `at` is null where the source has no time; equal rows count once. */
export class CreateInteraction1700000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table interaction (
        id bigint generated always as identity primary key,
        user_key text not null check (user_key <> '' and length(user_key) <= 512),
        item_id bigint not null references entity(id),
        kind text not null default 'rating' check (kind <> ''),
        weight real not null default 1,
        at timestamptz,
        split text,
        constraint interaction_once unique nulls not distinct (user_key, item_id, kind, at)
      )`);
    await db.query(`create index interaction_history on interaction (user_key, at desc nulls last, id desc)`);
    await db.query(`create index interaction_item on interaction (item_id)`);
    await db.query(`create index interaction_at on interaction (at, item_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table interaction`);
  }
}
