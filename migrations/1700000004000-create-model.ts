import type { MigrationInterface, QueryRunner } from "typeorm";

/** Fitted models, and the one that serves. Statistics and weights travel in `artifact`, checked by `digest`. */
export class CreateModel1700000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table model (
        id bigint generated always as identity primary key,
        config jsonb not null,
        config_digest text not null,
        data_revision bigint not null,
        interactions bigint not null,
        metrics jsonb not null default '{}',
        artifact bytea not null,
        digest text not null,
        created_at timestamptz not null default clock_timestamp()
      )`);
    await db.query(`
      create table active_model (
        singleton boolean primary key default true check (singleton),
        model_id bigint not null references model(id),
        activated_at timestamptz not null default clock_timestamp()
      )`);
    await db.query(`
      create function announce_model() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', json_build_object('model', new.model_id::text)::text);
        return null;
      end $$`);
    await db.query(`create trigger active_model_announce after insert or update on active_model
      for each row execute function announce_model()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table active_model, model`);
    await db.query(`drop function announce_model()`);
  }
}
