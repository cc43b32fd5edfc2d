import type { Queryable } from "../../types.ts";
import type { Merged } from "./mergeStage.ts";

// Equal user, item, kind and time is one interaction: the last row in the source wins.
const SETTLE = `
  create temp table settled_interaction as
  select distinct on (user_key, item_id, kind, at) * from (
    select s.user_key, e.id as item_id, s.kind, s.weight, s.at, s.split, s.seq
      from staged_interaction s join resolved_entity e on e.key = s.item) resolved
   order by user_key, item_id, kind, at, seq desc`;

// Rows that are there already are left out first: ON CONFLICT would lock, and so rewrite, each of them. It is for
// rows that differ, and for those that someone else records meanwhile. Constraint interaction_once. In the order of the source, so that a history keeps it.
const MERGE = `
  with merged as (
    insert into interaction as i (user_key, item_id, kind, weight, at, split)
    select user_key, item_id, kind, weight, at, split from settled_interaction s
     where not exists (select from interaction i
             where (i.user_key, i.item_id, i.kind, i.weight) = (s.user_key, s.item_id, s.kind, s.weight)
               and i.at is not distinct from s.at and (s.split is null or i.split is not distinct from s.split))
     order by seq
    on conflict on constraint interaction_once do update
       set weight = excluded.weight, split = coalesce(excluded.split, i.split)
     where i.weight <> excluded.weight or (excluded.split is not null and i.split is distinct from excluded.split)
    returning xmax = 0 as fresh)
  select (count(*) filter (where fresh))::int as inserted, (count(*) filter (where not fresh))::int as updated,
         (select count(*)::int from settled_interaction) as settled
    from merged`;

// Where the table is empty and locked there is nothing to compare with, and no constraint yet.
const INSERT = `
  with merged as (
    insert into interaction (user_key, item_id, kind, weight, at, split)
    select user_key, item_id, kind, weight, at, split from settled_interaction order by seq
    returning 1)
  select count(*)::int as inserted, 0 as updated, count(*)::int as settled from merged`;

/**
 * Merges the interactions; they are no part of the graph and open no change.
 * @param alone whether the table is empty and stays so for all others
 */
export async function mergeInteractions(db: Queryable, alone: boolean): Promise<Merged> {
  await db.query(SETTLE);
  const [{ inserted, updated, settled }] = await db.query<{
    inserted: number;
    updated: number;
    settled: number;
  }>(alone ? INSERT : MERGE);
  return { inserted, updated, unchanged: settled - inserted - updated };
}
