import type { Attribution, Queryable } from "../types.ts";

// Index attribution_answered_at, and interaction_pkey: what was erased or taken back counts no more.
const COUNT = `
  select a.model_id::text as "modelId", a.scenario, a.scenario_version as "scenarioVersion", i.kind,
         count(*)::integer as interactions, count(distinct a.recommendation)::integer as answers,
         count(distinct a.user_key)::integer as users
    from attribution a join interaction i on i.id = a.interaction_id
   where a.answered_at >= now() - make_interval(secs => $1)
   group by 1, 2, 3, 4 order by 5 desc, 1 desc, 2, 3, 4 limit 100`;

/** Counts what came of the answers of the last `seconds`, by model, scenario and kind; most first. */
export function countAttributions(db: Queryable, seconds: number): Promise<Attribution[]> {
  return db.query(COUNT, [seconds]);
}
