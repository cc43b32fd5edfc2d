import type { Database } from "../../../src/kg/database.ts";

export const RELATIONS = 10;

/**
 * Fills an empty graph with `triples` synthetic triples: every entity heads one of each of 10 relations, and the
 * tails are skewed like those of a real graph (entity n has an in-degree ∝ n^−⅔: at 1M triples the largest hub
 * has some 20,000). The same numbers each time. All triggers are off and stay off, so the graph stays at revision 0
 * and is for reading only.
 */
export async function fillGraph(database: Database, triples: number): Promise<void> {
  const entities = Math.ceil(triples / RELATIONS);
  await database.withClient(async (client) => {
    const indexes = await dropIndexes();
    for (const table of ["entity", "relation", "triple"]) {
      await client.query(`alter table ${table} disable trigger all`);
    }
    await client.query("select setseed(0.42)");
    await client.query(
      `insert into relation (key, label) select 'relation:' || i, 'relation ' || i from generate_series(1, $1) i`,
      [RELATIONS],
    );
    await client.query(
      `insert into entity (key, type, name, is_item)
       select 'entity:' || i, 'type' || i % 8, 'Entity ' || i, i % 4 = 0 from generate_series(1, $1::int) i`,
      [entities],
    );
    await client.query(
      `insert into triple (head_id, relation_id, tail_id, confidence)
       select 1 + i / $1, 1 + i % $1, 1 + floor(power(random(), 3) * $2), 0.5 + random() / 2
         from generate_series(0, $3 - 1) i`,
      [RELATIONS, entities, triples],
    );
    for (const index of indexes) await client.query(index);
    await client.query("analyze");

    /** Gives the statements that make the indexes again. */
    async function dropIndexes(): Promise<string[]> {
      await client.query("alter table triple drop constraint triple_head");
      await client.query(
        "drop index triple_tail, triple_relation, entity_search_trigrams, entity_search_words",
      );
      return [
        "alter table triple add constraint triple_head unique (head_id, relation_id, tail_id)",
        "create index triple_tail on triple (tail_id, relation_id, head_id)",
        "create index triple_relation on triple (relation_id, id)",
      ];
    }
  });
}
