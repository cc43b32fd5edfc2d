import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a search that finds nothing falls back to: entities whose names are a few letters away. */
export class CreateSearch1700000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists fuzzystrmatch`);
    // Trigrams find candidates through the index; the edit distance of each word decides. A word of up to 3
    // letters must be exact, up to 5 may be 2 edits away ("alein"), longer ones 3. `distance` sums the edits.
    await db.query(`
      create function find_misspelt(search text) returns table (id bigint, distance integer)
        language sql stable parallel safe
        set pg_trgm.word_similarity_threshold = 0.3
      as $$
        with asked as (
          select left(word, 60) as word, case when length(word) <= 3 then 0 when length(word) <= 5 then 2 else 3 end as most
            from unnest(tsvector_to_array(to_tsvector('simple', search))) word
        )
        select e.id, total.distance
          from entity e -- index entity_search_trigrams
          cross join lateral (
            select sum(nearest.distance)::integer as distance, bool_and(nearest.distance <= asked.most) as near
              from asked cross join lateral (
                select coalesce(min(levenshtein_less_equal(asked.word, left(word, 60), asked.most)), 99) as distance
                  from unnest(tsvector_to_array(e.search_words)) word
              ) nearest
          ) total
          where lower(search) <% e.search_text and e.merged_into is null and total.near
      $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop function find_misspelt(text)`);
  }
}
