import type { Database } from "../../src/kg/database.ts";
import type { EntityId, RelationId, TripleId } from "../../src/kg/types.ts";

const ENTITIES = [
  // key, type, name, aliases, isItem
  ["movie:alien", "movie", "Alien", ["Alien: The Director's Cut"], true],
  ["movie:aliens", "movie", "Aliens", [], true],
  ["movie:blade-runner", "movie", "Blade Runner", ["Blade Runner: The Final Cut"], true],
  ["movie:gladiator", "movie", "Gladiator", [], true],
  ["movie:terminator", "movie", "The Terminator", [], true],
  ["movie:titanic", "movie", "Titanic", [], true],
  ["person:ridley-scott", "person", "Ridley Scott", ["Sir Ridley Scott"], false],
  ["person:james-cameron", "person", "James Cameron", [], false],
  ["person:sigourney-weaver", "person", "Sigourney Weaver", [], false],
  ["person:harrison-ford", "person", "Harrison Ford", [], false],
  ["person:linda-hamilton", "person", "Linda Hamilton", [], false],
  ["genre:science-fiction", "genre", "Science Fiction", ["sci-fi"], false],
  ["genre:drama", "genre", "Drama", [], false],
] as const;

const RELATIONS = [
  // key, label, inverse label, domain, range, at most per head, symmetric
  ["directed_by", "directed by", "directed", ["movie"], ["person"], null, false],
  ["starring", "starring", "appears in", ["movie"], ["person"], null, false],
  ["has_genre", "has genre", "genre of", ["movie"], ["genre"], null, false],
  ["follows", "follows", "followed by", ["movie"], ["movie"], 1, false],
  ["married_to", "married to", null, ["person"], ["person"], null, true],
  ["related_to", "related to", null, null, null, null, false],
] as const;

const TRIPLES = [
  // head, relation, tail, confidence, rank
  ["movie:alien", "directed_by", "person:ridley-scott", 1, "NORMAL"],
  ["movie:blade-runner", "directed_by", "person:ridley-scott", 1, "NORMAL"],
  ["movie:gladiator", "directed_by", "person:ridley-scott", 1, "NORMAL"],
  ["movie:aliens", "directed_by", "person:james-cameron", 1, "NORMAL"],
  ["movie:terminator", "directed_by", "person:james-cameron", 1, "NORMAL"],
  ["movie:titanic", "directed_by", "person:james-cameron", 1, "NORMAL"],
  ["movie:alien", "starring", "person:sigourney-weaver", 1, "NORMAL"],
  ["movie:aliens", "starring", "person:sigourney-weaver", 1, "NORMAL"],
  ["movie:blade-runner", "starring", "person:harrison-ford", 1, "NORMAL"],
  ["movie:terminator", "starring", "person:linda-hamilton", 1, "NORMAL"],
  ["movie:alien", "has_genre", "genre:science-fiction", 1, "NORMAL"],
  ["movie:aliens", "has_genre", "genre:science-fiction", 0.9, "NORMAL"],
  ["movie:blade-runner", "has_genre", "genre:science-fiction", 1, "NORMAL"],
  ["movie:terminator", "has_genre", "genre:science-fiction", 0.8, "NORMAL"],
  ["movie:gladiator", "has_genre", "genre:drama", 1, "NORMAL"],
  ["movie:titanic", "has_genre", "genre:drama", 1, "NORMAL"],
  ["movie:titanic", "has_genre", "genre:science-fiction", 0.1, "DEPRECATED"],
  ["movie:aliens", "follows", "movie:alien", 1, "NORMAL"],
  ["person:james-cameron", "married_to", "person:linda-hamilton", 0.5, "NORMAL"],
] as const;

const INTERACTIONS = [
  // user, item, weight, time
  ["ann", "movie:alien", 5, "2024-01-01T00:00:00Z"],
  ["ann", "movie:blade-runner", 4.5, "2024-01-02T00:00:00Z"],
  ["ben", "movie:aliens", 4, "2024-01-03T00:00:00Z"],
  ["ben", "movie:terminator", 5, "2024-01-04T00:00:00Z"],
  ["ben", "movie:titanic", 2, "2024-01-05T00:00:00Z"],
  ["cid", "movie:alien", 4, "2024-01-06T00:00:00Z"],
  ["cid", "movie:aliens", 4.5, "2024-01-07T00:00:00Z"],
  ["dot", "movie:gladiator", 5, "2024-01-08T00:00:00Z"],
] as const;

/** Database identities of the film graph's rows, by what a test calls them. */
export interface Films {
  /** "movie:alien" → id */
  readonly entities: Readonly<Record<string, EntityId>>;
  /** "directed_by" → id */
  readonly relations: Readonly<Record<string, RelationId>>;
  /** "movie:alien directed_by person:ridley-scott" → id */
  readonly triples: Readonly<Record<string, TripleId>>;
}

/**
 * Inserts 13 entities (6 films), 6 relations and 19 triples (1 deprecated) through one change, revision 1, and
 * 8 ratings by 4 users (ann, ben, cid, dot). The database must be empty.
 */
export async function insertFilms(database: Database): Promise<Films> {
  return database.transaction(async (db) => {
    await db.query(`select open_change('import', 'films', 'the film graph of the tests')`);
    const columns = (rows: readonly (readonly unknown[])[], column: number) => rows.map((row) => row[column]);
    const entities = await db.query<{ key: string; id: string }>(
      `insert into entity (key, type, name, aliases, is_item)
        select key, type, name, array(select jsonb_array_elements_text(aliases)), is_item
          from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::boolean[]) as e(key, type, name, aliases, is_item)
        returning key, id`,
      [0, 1, 2, 3, 4].map((c) => columns(ENTITIES, c).map((cell) => (c === 3 ? JSON.stringify(cell) : cell))),
    );
    const relations = await db.query<{ key: string; id: number }>(
      `insert into relation (key, label, inverse_label, domain, range, max_per_head, is_symmetric)
        select r->>0, r->>1, r->>2, nullif(array(select jsonb_array_elements_text(nullif(r->3, 'null'))), '{}'),
               nullif(array(select jsonb_array_elements_text(nullif(r->4, 'null'))), '{}'), (r->>5)::int, (r->>6)::boolean
          from jsonb_array_elements($1::jsonb) r returning key, id`,
      [JSON.stringify(RELATIONS)],
    );
    const triples = await db.query<{ name: string; id: string }>(
      `with added as (
         insert into triple (head_id, relation_id, tail_id, confidence, rank, sources)
          select h.id, r.id, t.id, x.confidence, x.rank, '[{"name": "films", "method": "IMPORT"}]'
            from unnest($1::text[], $2::text[], $3::text[], $4::real[], $5::triple_rank[]) as x(head, relation, tail, confidence, rank)
            join entity h on h.key = x.head join relation r on r.key = x.relation join entity t on t.key = x.tail
          returning *)
       select h.key || ' ' || r.key || ' ' || t.key as name, a.id from added a
         join entity h on h.id = a.head_id join relation r on r.id = a.relation_id join entity t on t.id = a.tail_id`,
      [0, 1, 2, 3, 4].map((c) => columns(TRIPLES, c)),
    );
    await db.query(
      `insert into interaction (user_key, item_id, weight, at)
        select x.user_key, e.id, x.weight, x.at
          from unnest($1::text[], $2::text[], $3::real[], $4::timestamptz[]) as x(user_key, item, weight, at)
          join entity e on e.key = x.item order by x.at`,
      [0, 1, 2, 3].map((c) => columns(INTERACTIONS, c)),
    );
    return {
      entities: Object.fromEntries(entities.map((row) => [row.key, row.id])),
      relations: Object.fromEntries(relations.map((row) => [row.key, row.id])),
      triples: Object.fromEntries(triples.map((row) => [row.name, row.id])),
    };
  });
}
