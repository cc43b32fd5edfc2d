import type { MigrationInterface, QueryRunner } from "typeorm";

/** API keys (only their SHA-256 is kept) and the answers already given under an idempotency key. */
export class CreateAccess1700000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_key (
        id bigint generated always as identity primary key,
        name text not null,
        role text not null check (role in ('VIEWER', 'CURATOR', 'ADMIN')),
        hash text not null unique,
        created_at timestamptz not null default clock_timestamp(),
        revoked_at timestamptz
      )`);
    await db.query(`
      create table idempotency (
        actor text not null,
        key text not null,
        request text not null,
        answer jsonb not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (actor, key)
      )`);
    await db.query(`create index idempotency_created_at on idempotency (created_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table idempotency, api_key`);
  }
}
