import type { MigrationInterface, QueryRunner } from "typeorm";

/** Vectors of entities and relations, trained on the triples. They travel in `artifact`; the newest one predicts. */
export class CreateEmbedding1700000009000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table embedding (
        id bigint generated always as identity primary key,
        model text not null,
        config jsonb not null,
        config_digest text not null,
        data_revision bigint not null,
        metrics jsonb not null default '{}',
        artifact bytea not null,
        digest text not null,
        created_at timestamptz not null default clock_timestamp()
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table embedding`);
  }
}
