import { setImmediate } from "node:timers/promises";
import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { Dictionary, makeEntity } from "./Dictionary.ts";
import type { EntityTable } from "./EntityTable.ts";
import { type BinaryRow, readBinaryRows } from "./readBinaryRows.ts";

// No field may be null. Primary key of entity: in the order of ids, as the entities have been read.
const ENTITIES = `
  copy (select key, name, description is null, coalesce(description, ''), to_json(aliases)::text, attributes::text,
               coalesce(merged_into, 0), revision, is_item
          from entity order by id) to stdout (format binary)`;
const FIELDS = 9;
const HIDDEN = `
  copy (select head_id, tail_id from triple
         where rank = 'DEPRECATED' or valid_from is not null or valid_to is not null) to stdout (format binary)`;
const ORDER = `
  select datlocprovider = 'b' or (datlocprovider = 'c' and datcollate in ('C', 'POSIX')) as "byCodePoint"
    from pg_database where datname = current_database()`;

/**
 * Reads what the entities are called, in the transaction that has read `entities`.
 * @see test/bench/snapshot.ts prints time and memory
 */
export async function loadDictionary(client: ClientBase, entities: EntityTable): Promise<Dictionary> {
  const [{ byCodePoint }] = (await client.query<{ byCodePoint: boolean }>(ORDER)).rows;
  const dictionary = new Dictionary(byCodePoint);
  let index = 0;
  await readBinaryRows(client.query(copyTo(ENTITIES)), FIELDS, (row) => {
    dictionary.set(
      index,
      readRow(row, { id: entities.idOf(index), type: entities.types.names[entities.typeOf(index)] }),
    );
    index++;
  });
  await setImmediate(); // requests go on
  await readBinaryRows(client.query(copyTo(HIDDEN)), 2, (row) =>
    dictionary.hide(row.bigint(0), row.bigint(1), 1),
  );
  return dictionary;
}

function readRow(row: BinaryRow, { id, type }: { readonly id: number; readonly type: string }) {
  return makeEntity({
    id,
    key: row.text(0),
    type,
    name: row.text(1),
    description: row.bool(2) ? null : row.text(3),
    aliases: JSON.parse(row.text(4)),
    attributes: JSON.parse(row.text(5)),
    mergedInto: row.bigint(6) || null,
    revision: row.int(7),
    isItem: row.bool(8),
  });
}
