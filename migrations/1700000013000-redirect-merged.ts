import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What users did with an entity that was merged counts for its survivor wherever it is read, so that a merge moves no
 * interaction and its revert brings none back. Whoever keeps counts in memory has to read anew when an entity is
 * merged, or is its own again: as after a removal.
 */
export class RedirectMerged1700000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Asked for merged entities only: most are none. `union` ends even a cycle.
    await db.query(`
      create function survivor_of(merged bigint) returns bigint language sql stable parallel safe as $$
        with recursive chain as (
          select id, merged_into from entity where id = merged
          union select e.id, e.merged_into from chain join entity e on e.id = chain.merged_into
        )
        select id from chain where merged_into is null
      $$`);
    await db.query(`
      create function redirect_interactions() returns trigger language plpgsql as $$
      begin
        if exists (select from added join removed using (id)
                    where added.merged_into is distinct from removed.merged_into) then
          update interaction_removal set count = count + 1;
          perform pg_notify('whygraph', '{"interactions":true}');
        end if;
        return null;
      end $$`);
    await db.query(`create trigger entity_redirect after update on entity
      referencing old table as removed new table as added for each statement execute function redirect_interactions()`);
    // Also in a session that skips the checks of foreign keys, as an import does.
    await db.query(`alter table entity enable always trigger entity_redirect`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop trigger entity_redirect on entity`);
    await db.query(`drop function redirect_interactions(), survivor_of(bigint)`);
  }
}
