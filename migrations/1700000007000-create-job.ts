import type { MigrationInterface, QueryRunner } from "typeorm";

/** Trainings as jobs, which models served one after the other, and what each was fitted on. */
export class CreateJob1700000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table job (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('TRAIN')),
        status text not null default 'QUEUED'
          check (status in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
        input jsonb not null,
        actor text not null,
        reason text,
        progress real not null default 0 check (progress between 0 and 1),
        message text,
        error text,
        model_id bigint references model(id),
        created_at timestamptz not null default clock_timestamp(),
        started_at timestamptz,
        finished_at timestamptz,
        check ((finished_at is not null) = (status in ('DONE', 'FAILED', 'CANCELLED')))
      )`);
    await db.query(`create index job_live on job (kind) where finished_at is null`);
    await db.query(`alter table model add column data jsonb not null default '{}'`);
    // before_id: the activation that a return from this one leads to. A row of a return skips what it left.
    await db.query(`
      create table model_activation (
        id bigint generated always as identity primary key,
        model_id bigint not null references model(id),
        before_id bigint references model_activation(id),
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp()
      )`);
    await db.query(`
      insert into model_activation (model_id, actor, at)
        select model_id, 'whygraph', activated_at from active_model`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table model_activation, job`);
    await db.query(`alter table model drop column data`);
  }
}
