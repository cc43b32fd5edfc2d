import type { Parameters } from "./parameters.ts";
import { comparable } from "./values.ts";

const LONGEST_SEARCH = 200;

/**
 * The tables `matched` (id, relevance) for a `with`: entities whose name or an alias contains the text of
 * `search`, or has words that start with each of its words; where there are none, the nearest misspellings.
 * What was searched for is data throughout: neither LIKE nor tsquery reads syntax in it.
 *
 * Relevance: 4 the name itself, 3 the start of the name, 2 words, 1 elsewhere; plus the
 * trigram similarity of the name (0..1). For misspellings −1 per edit, plus 0.4 of it. 0 throughout where the page is not `ranked` by it. Cost: O(matches).
 */
export function searchSql(
  search: string,
  { ranked, parameters }: { readonly ranked: boolean; readonly parameters: Parameters },
): string {
  const text = comparable(search.trim().slice(0, LONGEST_SEARCH));
  const asked = `lower(${parameters.add(text, "text")})`;
  const words = `to_tsquery('simple', ${parameters.add(prefixesOf(text), "text")})`; // folded when planned
  const similarity = `similarity(lower(e.name), ${asked})`;
  // Up to two ASCII letters have no trigram: they match the starts of words only.
  const contains = text.length > 2 || /\P{ASCII}/u.test(text);
  const like = ranked || contains ? `lower(${parameters.add(text.replace(/[\\%_]/g, "\\$&"), "text")})` : "";
  return `
    exact as materialized (
      select e.id, ${
        ranked
          ? `${similarity} + case
          when lower(e.name) = ${asked} then 4
          when lower(e.name) like ${like} || '%' then 3
          when e.search_words @@ ${words} then 2
          else 1 end`
          : "0"
      } as relevance
        from entity e -- indexes entity_search_words, entity_search_trigrams
        where (e.search_words @@ ${words} ${contains ? `or e.search_text like '%' || ${like} || '%'` : ""})
          and e.merged_into is null),
    matched as (
      select id, relevance::real from exact
      union all
      select near.id, ${ranked ? `(0.4 * ${similarity} - near.distance)` : "0"}::real
        from find_misspelt(${asked}) near join entity e on e.id = near.id
        where not exists (select from exact))`;
}

/** A tsquery for words that start with each of the words of `text`; a quoted word is data to the last character. */
function prefixesOf(text: string): string {
  const words = text.split(/\s+/u).filter((word) => word !== "");
  return words.map((word) => `'${word.replace(/['\\]/g, "$&$&")}':*`).join(" & ");
}
