/**
 * The tables of a `with recursive` that end in `survivor` (asked, id): the entities that `seeds` selects
 * (columns asked, id, merged_into), each followed along `merged_into` to the one that survives. Only merged
 * seeds are followed, so that the planner expects few. `union` ends even a cycle.
 */
export function survivorsOf(seeds: string): string {
  return `
    seed as (${seeds}),
    chain as (
      select asked, merged_into as id from seed where merged_into is not null
      union
      select chain.asked, e.merged_into from chain join entity e on e.id = chain.id
        where e.merged_into is not null
    ),
    survivor as (
      select asked, id from seed where merged_into is null
      union all
      select chain.asked, e.id from chain join entity e on e.id = chain.id where e.merged_into is null
    )`;
}

/** A scalar subquery: the id of the entity whose key is `key` (a placeholder), or of what it was merged into. */
export function survivorOfKey(key: string): string {
  return `(with recursive ${survivorsOf(`select key as asked, id, merged_into from entity where key = ${key}`)}
    select id from survivor)`;
}
