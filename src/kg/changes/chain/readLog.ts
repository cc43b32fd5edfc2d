import type pg from "pg";
import type { LoggedChange, LoggedRow } from "./hashChange.ts";

const BATCH = 1_000;

// A change without its hash, and a hash without its change, are both there. Indexes change_pkey, change_hash_pkey.
const CHANGES = `
  select coalesce(c.revision, h.revision)::text as revision, c.kind, c.actor, c.reason, v.reverts::text as reverts,
         to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, encode(h.hash, 'hex') as hash
    from change c left join change_revert v on v.revision = c.revision
    full join change_hash h on h.revision = c.revision order by coalesce(c.revision, h.revision)`;
// Index change_row_pkey.
const ROWS = `
  select revision::text, subject, subject_id::text as "subjectId", head_id::text as "headId", tail_id::text as "tailId",
         before::text, after::text
    from change_row order by change_row.revision, id`;

/** A change with its stored hash, in hexadecimal. */
export type ChainedChange = LoggedChange & { readonly hash: string | null };

/** Reads all changes in commit order; at most a thousand are in memory. Needs an open transaction. */
export function readLoggedChanges(client: pg.ClientBase): AsyncGenerator<ChainedChange> {
  return readCursor<ChainedChange>(client, "logged_changes", CHANGES);
}

/** Reads the rows of all changes in order; at most a thousand are in memory. Needs an open transaction. */
export function readLoggedRows(client: pg.ClientBase): AsyncGenerator<LoggedRow> {
  return readCursor<LoggedRow>(client, "logged_rows", ROWS);
}

/** Reads a statement's rows through a cursor of the open transaction. */
export async function* readCursor<T>(client: pg.ClientBase, name: string, sql: string): AsyncGenerator<T> {
  await client.query(`declare ${name} no scroll cursor for ${sql}`);
  for (;;) {
    const { rows } = await client.query(`fetch ${BATCH} from ${name}`);
    yield* rows as T[];
    if (rows.length < BATCH) break;
  }
  await client.query(`close ${name}`);
}
