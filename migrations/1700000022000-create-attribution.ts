import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Interactions that came from a recommendation, and which answer it was. There is no reference to the interaction: a
 * large import sets its table anew, and ids are never given twice.
 */
export class CreateAttribution1700000022000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table attribution (
        interaction_id bigint primary key,
        user_key text not null,
        recommendation text not null,
        model_id bigint not null,
        scenario text,
        scenario_version integer,
        answered_at timestamptz not null
      )`);
    await db.query(`create index attribution_user on attribution (user_key)`);
    await db.query(`create index attribution_answered_at on attribution (answered_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table attribution`);
  }
}
