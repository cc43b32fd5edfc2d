import type { Database } from "../../../src/kg/database.ts";

/** How the synthetic library is made up. */
export const LIBRARY = { relations: 10, entitiesPerType: 40, firstNames: 211, lastNames: 1_009 } as const;

/** The n-th of some 4,000 pronounceable words. */
const WORD = (n: string) => `
  (select string_agg(substr('bdfgklmnprstvz', 1 + (${n} * 31 / (5 ^ k)::int) % 14, 1)
            || substr('aeiou', 1 + (${n} * 17 / (3 ^ k)::int) % 5, 1), '' order by k)
     from generate_series(0, 2) k) || chr(97 + (${n} % 26))`;

/**
 * Fills an empty graph with `entities` entities of two-word names in types of 40 and ten times as many triples,
 * one of each of 10 relations per head, towards tails that are skewed like those of a real graph. The same each
 * time; one change, as an import would make it.
 */
export async function fillLibrary(database: Database, entities: number): Promise<void> {
  const { relations, entitiesPerType, firstNames, lastNames } = LIBRARY;
  await database.transaction(async (client) => {
    await client.query("select open_change('import', 'bench', 'a synthetic library')");
    await client.query("select setseed(0.42)");
    await client.query(
      `insert into relation (key, label) select 'relation:' || i, 'relation ' || i from generate_series(1, $1) i`,
      [relations],
    );
    await client.query(
      `insert into entity (key, type, name, description, is_item)
       select 'entity:' || i, 'type' || i / $2, initcap(${WORD(`(i % ${firstNames})`)}) || ' ' || initcap(${WORD(`(i % ${lastNames})`)}),
              'Entity number ' || i, i % 4 = 0
         from generate_series(1, $1::int) i`,
      [entities, entitiesPerType],
    );
    await client.query(
      `insert into triple (head_id, relation_id, tail_id, confidence)
       select 1 + i / $1, 1 + i % $1, 1 + floor(power(random(), 3) * $2), 0.5 + random() / 2
         from generate_series(0, $1::int * $2::int - 1) i`,
      [relations, entities],
    );
  });
  await database.query("vacuum analyze");
}
