import type { MigrationInterface, QueryRunner } from "typeorm";

/** Finds the few triples with a validity, and lets every process tell how far a job is. */
export class IndexValidity1700000017000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `create index triple_timed on triple (id) where valid_from is not null or valid_to is not null`,
    );
    await db.query(`
      create function announce_job() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', json_build_object('job', new.id::text)::text);
        return null;
      end $$`);
    await db.query(`create trigger job_announce after insert or update on job
      for each row execute function announce_job()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop trigger job_announce on job`);
    await db.query(`drop function announce_job()`);
    await db.query(`drop index triple_timed`);
  }
}
