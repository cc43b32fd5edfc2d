/**
 * What someone would write to give PostGraphile a search by name: a function that matches as the gateway does,
 * through the same indexes, in the same order.
 */
export const SEARCH_FUNCTION = `
  create schema peer;
  create function peer.search_entities(search text) returns setof public.entity language sql stable as $$
    select e.* from public.entity e
     where (e.search_words @@ to_tsquery('simple', quote_literal(search) || ':*')
            or e.search_text like '%' || lower(search) || '%')
       and e.merged_into is null
     order by e.name, e.id
  $$`;
