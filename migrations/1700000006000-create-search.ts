import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a search that finds nothing falls back to: entities whose names are a few letters away. */
export class CreateSearch1700000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists fuzzystrmatch`);
    await db.query(`
      create function letters(word text) returns text language sql immutable parallel safe
        return (select string_agg(letter, '' order by letter) from regexp_split_to_table(word, '') letter)`);
    // Trigrams find candidates through the index; the edit distance of each word decides. A word of up to 3
    // letters must be exact, up to 5 may be 2 edits away ("alein"), longer ones 3; `distance` sums
    // the edits. Two swapped letters are half an edit, before one letter for another. Only the nearest are found.
    await db.query(`
      create function find_misspelt(search text) returns table (id bigint, distance real)
        language sql stable parallel safe rows 20
        set pg_trgm.word_similarity_threshold = 0.3
      as $$
        with asked as (
          select left(word, 60) as word, case when length(word) <= 3 then 0 when length(word) <= 5 then 2 else 3 end as most
            from unnest(tsvector_to_array(to_tsvector('simple', search))) word
        ), candidate as materialized (
          select e.id, left(word, 60) as word from entity e, unnest(tsvector_to_array(e.search_words)) word
           where search <% e.search_text and e.merged_into is null -- index entity_search_trigrams
        ), near as materialized (
          -- Each word is compared once, however many names have it.
          select asked.word as asked, known.word, case
              when edits = 2 and length(asked.word) = length(known.word) and letters(asked.word) = letters(known.word)
              then 0.5 else edits end as edits
            from asked cross join (select distinct word from candidate) known
            cross join lateral levenshtein_less_equal(asked.word, known.word, asked.most) edits
           where edits <= asked.most
        ), fit as (
          select id, asked, min(edits) as edits from candidate join near using (word) group by id, asked
        ), total as (
          select id, sum(edits)::real as distance, rank() over (order by ceil(sum(edits))) as place
            from fit group by id having count(*) = (select count(*) from asked)
        )
        select id, distance from total where place = 1
      $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop function find_misspelt(text), letters(text)`);
  }
}
