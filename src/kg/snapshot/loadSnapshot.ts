import { setImmediate } from "node:timers/promises";
import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Database } from "../database.ts";
import type { JSONObject, Relation } from "../types.ts";
import { buildAdjacency } from "./buildAdjacency.ts";
import { EntityTable } from "./EntityTable.ts";
import { loadDictionary } from "./loadDictionary.ts";
import { makeColumns } from "./makeColumns.ts";
import { type BinaryRow, readBinaryRows } from "./readBinaryRows.ts";
import { relationOf } from "./relationOf.ts";
import { Snapshot } from "./Snapshot.ts";
import { TimedTriples } from "./TimedTriples.ts";

/** Live, and within its validity at a moment in milliseconds. */
function holds(at: string): string {
  const milliseconds = (column: string) => `floor(extract(epoch from ${column}) * 1000)`;
  return `rank <> 'DEPRECATED' and (valid_from is null or ${milliseconds("valid_from")} <= ${at}::numeric)
    and (valid_to is null or ${milliseconds("valid_to")} > ${at}::numeric)`;
}

// The counts come from the same transaction snapshot, so they are exact and no array has to grow.
const SIZES = `
  select g.revision::text, (select count(*) from entity)::int as entities,
         (select count(*) from triple where ${holds("$1")})::int as triples
    from graph g`;
// Primary key of entity: in the order of ids.
const ENTITIES = `
  copy (select id, type, is_item and merged_into is null from entity order by id) to stdout (format binary)`;
const RELATIONS = `select to_jsonb(r) as row from relation r order by id`;
// In the order of the table: sorting is done here, at 4 bytes per triple.
const triplesAt = (at: number) => `
  copy (select id, head_id, relation_id, tail_id, confidence from triple where ${holds(String(at))})
    to stdout (format binary)`;
const TIMED = `
  select t.id, to_jsonb(t) - '{qualifiers,sources}'::text[] as row from triple t
   where valid_from is not null or valid_to is not null`; // index triple_timed

/**
 * Loads the whole graph as of one revision and, for triples with a validity, as of the moment `at`, by binary COPY in one read-only transaction.
 * With `dictionary`, what entities are called is kept too, where there are no more of them than that.
 * Takes about 54 bytes per triple while it sorts, 28 after.
 * @see test/bench/snapshot.ts prints time and memory
 */
export async function loadSnapshot(
  db: Database,
  {
    at = Date.now(),
    dictionary: most = 0,
    ...options
  }: { readonly slackBytes?: number; readonly at?: number; readonly dictionary?: number } = {},
): Promise<Snapshot> {
  const parts = await db.withClient(async (client) => {
    await client.query("begin isolation level repeatable read read only");
    try {
      const read = await readParts(client, { at, most });
      await client.query("commit");
      return read;
    } catch (error) {
      await client.query("rollback").catch(() => undefined); // a lost connection has rolled back already
      throw error;
    }
  });
  const { revision, entities, relations, triples, timed, dictionary } = parts;
  const out = buildAdjacency(triples, entities.size, "OUT");
  await setImmediate(); // requests go on between the two sorts
  const into = buildAdjacency(triples, entities.size, "IN");
  const built = { revision, entities, relations, out, in: into, at, timed, dictionary };
  return new Snapshot({ ...built, ...options });
}

async function readParts(client: ClientBase, { at, most }: { readonly at: number; readonly most: number }) {
  const sizes = await client.query<{ revision: string; entities: number; triples: number }>(SIZES, [at]);
  const { revision, entities: entityCount, triples: tripleCount } = sizes.rows[0];
  const entities = new EntityTable(entityCount);
  await copyRows(client, ENTITIES, 3, (row) => entities.append(row.bigint(0), row.text(1), row.bool(2)));
  const relations: Relation[] = (await client.query<{ row: JSONObject }>(RELATIONS)).rows.map(({ row }) =>
    relationOf(row),
  );
  const columns = makeColumns(tripleCount, entities, relations);
  await copyRows(client, triplesAt(at), 5, (row) =>
    columns.add(row.bigint(0), row.bigint(1), row.int(2), row.bigint(3), row.real(4)),
  );
  const timed = new TimedTriples();
  const bounded = await client.query<{ id: string; row: JSONObject }>(TIMED);
  for (const { id, row } of bounded.rows) timed.set(Number(id), row, at);
  const dictionary = entityCount <= most ? await loadDictionary(client, entities) : null;
  return { revision, entities, relations, triples: columns.finish(), timed, dictionary };
}

function copyRows(
  client: ClientBase,
  statement: string,
  fields: number,
  onRow: (row: BinaryRow) => void,
): Promise<void> {
  return readBinaryRows(client.query(copyTo(statement)), fields, onRow);
}
