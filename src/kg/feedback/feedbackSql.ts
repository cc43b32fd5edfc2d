import { survivorsOf } from "../queries/survivors.ts";

/** The columns of a wish, of feedback f. */
export const WISH_COLUMNS = "f.kind, f.entity_id::text as entity, f.relation_id as relation, f.factor";
/** The columns of feedback f. */
export const FEEDBACK_COLUMNS = `f.id::text, f.user_key as "user", ${WISH_COLUMNS}, f.at`;

/**
 * The standing wishes of the user $1 as one JSON list, oldest first. An entity that was merged counts as the one that
 * survives. Index feedback_user.
 */
export const WISHES = `
  (with recursive said as (select * from feedback where user_key = $1 and removed_tx is null),
   ${survivorsOf("select id as asked, id, merged_into from entity where id in (select entity_id from said)")}
   select json_agg(json_build_object('kind', kind, 'entity', survivor.id::text, 'relation', relation_id,
                                     'factor', factor) order by said.id)
     from said left join survivor on survivor.asked = said.entity_id)`;
