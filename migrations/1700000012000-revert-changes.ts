import type { MigrationInterface, QueryRunner } from "typeorm";

/** What reverting a change needs: the history of any row, and a place for interactions whose item goes with it. */
export class RevertChanges1700000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Entities have an index of their own, change_row_subject.
    await db.query(`create index change_row_history on change_row (subject_id, subject, revision desc)
      where subject <> 'entity'`);
    // The transaction of a change: interactions that an import wrote together with their items have the same.
    await db.query(`alter table change add column tx xid8`);
    await db.query(`alter table change alter column tx set default pg_current_xact_id()`);
    // Interactions that went with their items when the change of that revision undid an import; they come back when
    // that change is reverted.
    await db.query(`
      create table interaction_aside (
        revision bigint not null references change(revision),
        id bigint not null,
        user_key text not null,
        item_id bigint not null,
        kind text not null,
        weight real not null,
        at timestamptz,
        split text,
        primary key (revision, id)
      )`);
    await db.query(`create index interaction_aside_user on interaction_aside (user_key)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table interaction_aside`);
    await db.query(`alter table change drop column tx`);
    await db.query(`drop index change_row_history`);
  }
}
