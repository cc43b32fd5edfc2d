import type { MigrationInterface, QueryRunner } from "typeorm";

/** The scenarios that pages can start from: what is shown where nobody has said otherwise. */
const SHIPPED = {
  home: { description: "The first page: all that is known of the user.", start: "ALL", diversity: 0.2 },
  similar: { description: "More like the items of the session.", start: "SESSION", fallback: [] },
  basket: {
    ...{ description: "What goes with a basket, of different kinds.", start: "SESSION", diversity: 0.4 },
    fallback: ["POPULAR"],
  },
  "because-you-watched": {
    description: "From the newest item of the session or the history alone.",
    ...{ start: "NEWEST", newest: 1, fallback: [] },
  },
} as const;

/** Named ways to recommend, one row per version: nothing is overwritten, and what is deleted is a version too. */
export class CreateScenario1700000021000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table scenario_version (
        key text not null check (key <> '' and length(key) <= 512),
        version integer not null check (version > 0),
        definition jsonb check (jsonb_typeof(definition) = 'object'), -- null where the scenario was deleted
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp(),
        primary key (key, version)
      )`);
    await db.query(`
      create function refuse_scenario_edit() returns trigger language plpgsql as $$
      begin
        raise exception 'versions of scenarios are append-only: % is refused', lower(tg_op) using errcode = 'WG002';
      end $$`);
    await db.query(`create trigger scenario_append_only before update or delete or truncate on scenario_version
      for each statement execute function refuse_scenario_edit()`);
    for (const [key, definition] of Object.entries(SHIPPED)) {
      await db.query(
        `insert into scenario_version (key, version, definition, actor, reason) values ($1, 1, $2, 'whygraph', 'shipped')`,
        [key, JSON.stringify(definition)],
      );
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table scenario_version`);
    await db.query(`drop function refuse_scenario_edit()`);
  }
}
