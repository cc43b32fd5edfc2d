import type { MigrationInterface, QueryRunner } from "typeorm";

/** Entities, relations and triples, with the search document and the degree that keyset pages need. */
export class CreateGraph1700000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists pg_trgm`);

    await db.query(`
      create function entity_search_text(name text, aliases text[]) returns text
        language sql immutable parallel safe
        return lower(name || coalesce(' | ' || array_to_string(aliases, ' | '), ''))`);
    await db.query(`
      create table entity (
        id bigint generated always as identity primary key,
        key text not null unique check (key <> '' and length(key) <= 512),
        type text not null check (type <> ''),
        name text not null,
        aliases text[] not null default '{}',
        description text,
        attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
        is_item boolean not null default false,
        merged_into bigint references entity(id),
        revision integer not null default 1,
        search_text text generated always as (entity_search_text(name, aliases)) stored,
        search_words tsvector generated always as (to_tsvector('simple', entity_search_text(name, aliases))) stored
      )`);
    await db.query(`create index entity_name on entity (name, id) where merged_into is null`);
    await db.query(`create index entity_type_name on entity (type, name, id) where merged_into is null`);
    await db.query(`create index entity_merged_into on entity (merged_into) where merged_into is not null`);
    await db.query(`create index entity_search_trigrams on entity using gin (search_text gin_trgm_ops)`);
    await db.query(`create index entity_search_words on entity using gin (search_words)`);

    await db.query(`
      create table relation (
        id integer generated always as identity primary key,
        key text not null unique check (key <> '' and length(key) <= 512),
        label text not null,
        inverse_label text,
        domain text[],
        range text[],
        max_per_head integer check (max_per_head > 0),
        is_symmetric boolean not null default false,
        revision integer not null default 1
      )`);

    await db.query(`create type triple_rank as enum ('PREFERRED', 'NORMAL', 'DEPRECATED')`);
    await db.query(`
      create table triple (
        id bigint generated always as identity primary key,
        head_id bigint not null references entity(id),
        relation_id integer not null references relation(id),
        tail_id bigint not null references entity(id),
        confidence real not null default 1 check (confidence >= 0 and confidence <= 1),
        rank triple_rank not null default 'NORMAL',
        qualifiers jsonb not null default '{}' check (jsonb_typeof(qualifiers) = 'object'),
        sources jsonb not null default '[]' check (jsonb_typeof(sources) = 'array'),
        valid_from timestamptz,
        valid_to timestamptz check (valid_to >= valid_from),
        revision integer not null default 1,
        constraint triple_head unique (head_id, relation_id, tail_id)
      )`);
    await db.query(`create index triple_tail on triple (tail_id, relation_id, head_id)`);
    await db.query(`create index triple_relation on triple (relation_id, id)`);

    // The number of live (not DEPRECATED) triples that touch an entity: every entity has a row, kept by triggers,
    // so that DEGREE_DESC pages by key. A triple from an entity to itself counts once.
    await db.query(`
      create table entity_degree (
        entity_id bigint primary key references entity(id) on delete cascade,
        degree integer not null default 0
      )`);
    await db.query(`create index entity_degree_order on entity_degree (degree desc, entity_id)`);
    await db.query(`
      create function start_degree() returns trigger language plpgsql as $$
      begin
        insert into entity_degree (entity_id) select id from added;
        return null;
      end $$`);
    const ends = (rows: string, change: number) => `
            select head_id as id, ${change} as change from ${rows} where rank <> 'DEPRECATED'
            union all select tail_id, ${change} from ${rows} where rank <> 'DEPRECATED' and tail_id <> head_id`;
    const counters = [
      { name: "count_degree", moved: ends("added", 1) },
      { name: "discount_degree", moved: ends("removed", -1) },
      { name: "move_degree", moved: `${ends("added", 1)} union all ${ends("removed", -1)}` },
    ];
    for (const { name, moved } of counters) {
      await db.query(`
      create function ${name}() returns trigger language plpgsql as $$
      begin
        update entity_degree d set degree = d.degree + moved.change
          from (select id, sum(change)::int as change from (${moved}) ends group by id having sum(change) <> 0) moved
          where d.entity_id = moved.id;
        return null;
      end $$`);
    }
    await db.query(`create trigger entity_degree_start after insert on entity
      referencing new table as added for each statement execute function start_degree()`);
    await db.query(`create trigger triple_degree_insert after insert on triple
      referencing new table as added for each statement execute function count_degree()`);
    await db.query(`create trigger triple_degree_delete after delete on triple
      referencing old table as removed for each statement execute function discount_degree()`);
    await db.query(`create trigger triple_degree_update after update on triple
      referencing old table as removed new table as added for each statement execute function move_degree()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table entity_degree, triple, relation, entity`);
    await db.query(
      `drop function start_degree(), count_degree(), discount_degree(), move_degree(), entity_search_text(text, text[])`,
    );
    await db.query(`drop type triple_rank`);
  }
}
