import type { MigrationInterface, QueryRunner } from "typeorm";

/** Vectors of entities: sets of one encoder each, and who has which vector or why it has none. */
export class CreateVector1700000008000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table vector_set (
        id integer generated always as identity primary key,
        name text not null unique check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
        kind text not null check (kind in ('TEXT', 'VECTOR')),
        encoder text not null,
        dim integer not null check (dim between 1 and 65536),
        version bigint not null default 1,
        created_at timestamptz not null default clock_timestamp(),
        updated_at timestamptz not null default clock_timestamp()
      )`);
    // vector: dim numbers of 4 bytes, little-endian. digest: of what it was made from.
    await db.query(`
      create table entity_vector (
        set_id integer not null references vector_set(id) on delete cascade,
        entity_id bigint not null references entity(id) on delete cascade,
        digest bytea not null,
        vector bytea,
        reason text,
        primary key (set_id, entity_id),
        check ((vector is null) <> (reason is null))
      ) with (toast_tuple_target = 8160)`);
    await db.query(`alter table entity_vector alter column vector set storage external`); // floats do not compress
    await db.query(`create index entity_vector_entity on entity_vector (entity_id)`); // of the cascade
    await db.query(`
      create function announce_vectors() returns trigger language plpgsql as $$
      begin
        perform pg_notify('whygraph', json_build_object('vectors', coalesce(new.name, old.name))::text);
        return null;
      end $$`);
    await db.query(`create trigger vector_set_announce after insert or update or delete on vector_set
      for each row execute function announce_vectors()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table entity_vector, vector_set`);
    await db.query(`drop function announce_vectors()`);
  }
}
