/**
 * Follows `merged_into` from the entities that `seeds` selects (columns asked, id, merged_into) to their
 * survivors: a table `survivor` of (asked, id) for a `with recursive`. `union` ends even a cycle.
 */
export function survivorsOf(seeds: string): string {
  return `
    chain as (
      ${seeds}
      union
      select chain.asked, e.id, e.merged_into from chain join entity e on e.id = chain.merged_into
    ), survivor as (select asked, id from chain where merged_into is null)`;
}

/** A scalar subquery: the id of the entity whose key is `key` (a placeholder), or of what it was merged into. */
export function survivorOfKey(key: string): string {
  return `(with recursive ${survivorsOf(`select key as asked, id, merged_into from entity where key = ${key}`)}
    select id from survivor)`;
}
