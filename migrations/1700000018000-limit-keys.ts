import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * API keys that may do less than their role, for some users only, until a moment; when each was last used. Null
 * scopes are all of the role, null users are all. Servers hear of a key that is made, altered or revoked; that it was
 * used is no news.
 */
export class LimitKeys1700000018000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table api_key
        add column scopes text[],
        add column users text[],
        add column expires_at timestamptz,
        add column last_used_at timestamptz`);
    await db.query(`
      create function announce_keys() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', '{"keys":true}');
        return null;
      end $$`);
    const events = {
      made: "insert",
      altered: "update of name, role, hash, scopes, users, expires_at, revoked_at",
      gone: "delete or truncate",
    };
    for (const [name, event] of Object.entries(events)) {
      await db.query(`create trigger api_key_announce_${name} after ${event} on api_key
        for each statement execute function announce_keys()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const name of ["made", "altered", "gone"]) {
      await db.query(`drop trigger api_key_announce_${name} on api_key`);
    }
    await db.query(`drop function announce_keys()`);
    await db.query(`alter table api_key
      drop column scopes, drop column users, drop column expires_at, drop column last_used_at`);
  }
}
