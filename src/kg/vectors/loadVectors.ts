import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { DomainError } from "../../errors.ts";
import type { Database } from "../database.ts";
import { readBinaryRows } from "../snapshot/readBinaryRows.ts";
import type { StoredVectorSet } from "../types.ts";

type Row = Omit<StoredVectorSet, "ids" | "values"> & {
  readonly id: number;
  readonly size: number;
};

const SETS = `
  select s.id, s.name, s.kind, s.encoder, s.dim, s.id || ':' || s.version as version,
         (select count(*) from entity_vector v where v.set_id = s.id and v.vector is not null)::int as size
    from vector_set s where $1::text[] is null or s.name = any($1) order by s.name`;
// Primary key: in the order of ids.
const vectorsOf = (id: number) => `
  copy (select entity_id, vector from entity_vector where set_id = ${id} and vector is not null order by entity_id)
    to stdout (format binary)`;

/** Loads one vector set, by binary COPY: beside the vectors themselves it holds a chunk of the stream. */
export async function loadVectors(db: Database, name: string): Promise<StoredVectorSet> {
  const [set] = await loadVectorSets(db, [name]);
  if (!set) throw new DomainError("NOT_FOUND", `no vector set is called "${name}", expected one that exists`);
  return set;
}

/** Loads the vector sets of these names that there are, or all, by name, as of one moment. */
export function loadVectorSets(
  db: Database,
  names: readonly string[] | null = null,
): Promise<StoredVectorSet[]> {
  return db.withClient(async (client) => {
    await client.query("begin isolation level repeatable read read only"); // counts and vectors of one moment
    try {
      const { rows } = await client.query<Row>(SETS, [names]);
      const sets: StoredVectorSet[] = [];
      for (const row of rows) sets.push(await loadSet(client, row));
      await client.query("commit");
      return sets;
    } catch (error) {
      await client.query("rollback").catch(() => undefined); // a lost connection has rolled back already
      throw error;
    }
  });
}

async function loadSet(client: ClientBase, { id, size, ...key }: Row): Promise<StoredVectorSet> {
  const { name, dim } = key;
  const ids = new Float64Array(size);
  const values = new Float32Array(size * dim);
  const bytes = new Uint8Array(values.buffer);
  let count = 0;
  await readBinaryRows(client.query(copyTo(vectorsOf(id))), 2, (row) => {
    const vector = row.bytes(1);
    if (vector.length !== 4 * dim) {
      throw new RangeError(
        `entity ${row.bigint(0)} has ${vector.length} bytes in the vector set "${name}"; expected ${4 * dim}`,
      );
    }
    ids[count] = row.bigint(0);
    bytes.set(vector, 4 * dim * count);
    count++;
  });
  return { ...key, ids, values };
}
