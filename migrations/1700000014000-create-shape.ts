import type { MigrationInterface, QueryRunner } from "typeorm";

/** Shapes of entities, logged as the graph is; what a validation has found; and revisions of a key that never fall. */
export class CreateShape1700000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // An entity or relation that is made anew under the key of a deleted one goes on from its last revision: whoever
    // has read the old one must not pass for a reader of the new one.
    await db.query(`create index change_row_deleted_key on change_row (subject, (before->>'key'))
      where after is null and subject in ('entity', 'relation')`);
    await db.query(`
      create function first_revision(of text, of_key text) returns integer language sql stable
        return (select coalesce(max((before->>'revision')::integer), 0) + 1 from change_row
                 where after is null and subject in ('entity', 'relation') and subject = of and before->>'key' = of_key)`);

    // What entities of a type (null: of any) must be like. Either values of an attribute, "@name" and its like being
    // the columns, or triples of a relation.
    await db.query(`
      create table shape (
        id integer generated always as identity primary key,
        key text not null unique check (key <> '' and length(key) <= 512),
        type text check (type <> ''),
        attribute text check (attribute <> ''),
        relation_id integer references relation(id),
        direction text check (direction in ('OUT', 'IN')),
        min_count integer check (min_count >= 0),
        max_count integer check (max_count >= 0),
        datatype text check (datatype in ('STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'DATE', 'DATE_TIME', 'URL')),
        pattern text,
        flags text check (flags ~ '^[ims]*$'),
        min_length integer check (min_length >= 0),
        max_length integer check (max_length >= 0),
        minimum double precision,
        maximum double precision,
        allowed jsonb check (jsonb_typeof(allowed) = 'array'),
        node_types text[],
        inverse_id integer references relation(id),
        severity text not null default 'ERROR' check (severity in ('ERROR', 'WARNING')),
        message text,
        revision integer not null default 1,
        check ((attribute is null) <> (relation_id is null)),
        check ((relation_id is null) = (direction is null))
      )`);
    await db.query(`create index shape_type on shape (type)`);
    await db.query(`create index shape_relation on shape (relation_id) where relation_id is not null`);
    await db.query(`create index shape_inverse on shape (inverse_id) where inverse_id is not null`);
    const events = [
      { event: "insert", columns: "after", rows: "added.id, null, null, row_to_json(added) from added" },
      {
        event: "delete",
        columns: "before",
        rows: "removed.id, null, null, row_to_json(removed) from removed",
      },
      {
        event: "update",
        columns: "before, after",
        rows: `added.id, null, null, row_to_json(removed), row_to_json(added)
            from added join removed on removed.id = added.id`,
      },
    ] as const;
    const transitions = {
      insert: "new table as added",
      delete: "old table as removed",
      update: "old table as removed new table as added",
    };
    for (const { event, columns, rows } of events) {
      await db.query(`
        create function log_shape_${event}() returns trigger language plpgsql as $$
        begin
          insert into change_row (revision, subject, subject_id, head_id, tail_id, ${columns})
            select (select current_change()), 'shape', ${rows};
          return null;
        end $$`);
      await db.query(`create trigger shape_log_${event} after ${event} on shape
        referencing ${transitions[event]} for each statement execute function log_shape_${event}()`);
      await db.query(`alter table shape enable always trigger shape_log_${event}`);
    }
    await db.query(`create trigger shape_no_truncate before truncate on shape
      for each statement execute function refuse_truncate()`);
    await db.query(`alter table shape enable always trigger shape_no_truncate`);

    await db.query(`alter table job drop constraint job_kind_check,
      add constraint job_kind_check check (kind in ('TRAIN', 'VALIDATE'))`);
    // What the newest validation has found; it goes with the next one.
    await db.query(`
      create table finding (
        job_id bigint not null references job(id) on delete cascade,
        id bigint not null,
        severity text not null check (severity in ('ERROR', 'WARNING')),
        code text not null,
        shape text,
        entity text not null,
        triple_id bigint,
        message text not null,
        primary key (job_id, id)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table finding, shape`);
    await db.query(`delete from job where kind = 'VALIDATE'`);
    await db.query(`alter table job drop constraint job_kind_check,
      add constraint job_kind_check check (kind in ('TRAIN'))`);
    await db.query(
      `drop function log_shape_insert(), log_shape_delete(), log_shape_update(), first_revision(text, text)`,
    );
    await db.query(`drop index change_row_deleted_key`);
  }
}
