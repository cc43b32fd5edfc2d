import type { MigrationInterface, QueryRunner } from "typeorm";

/** Pairs of entities of which a curator said that they are not the same: never suggested as duplicates again. */
export class CreateDistinctPair1700000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table distinct_pair (
        low_id bigint not null references entity(id) on delete cascade,
        high_id bigint not null references entity(id) on delete cascade,
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp(),
        primary key (low_id, high_id),
        check (low_id < high_id)
      )`);
    await db.query(`create index distinct_pair_high on distinct_pair (high_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table distinct_pair`);
  }
}
