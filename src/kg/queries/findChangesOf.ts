import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, Page, PageArguments, Queryable } from "../types.ts";
import { type Keyset, orderBy, positionOf } from "./keyset.ts";
import { makePage, type Positioned, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";

const NEWEST_FIRST: Keyset = {
  name: "changesOf",
  columns: [{ sql: "c.revision", type: "bigint", descending: true }],
};

/** Of what a history may be. */
export type HistorySubject = "entity" | "relation" | "triple";

/** Rows of the log that belong to the history of the object `id`, each with its index. */
const OWN_ROWS: Readonly<Record<HistorySubject, (id: string) => readonly string[]>> = {
  entity: (id) => [
    `subject = 'entity' and subject_id = ${id} /* change_row_subject */`,
    `head_id = ${id} /* change_row_head */`,
    `tail_id = ${id} /* change_row_tail */`,
  ],
  relation: (id) => [
    `subject <> 'entity' and subject = 'relation' and subject_id = ${id} /* change_row_history */`,
  ],
  triple: (id) => [
    `subject <> 'entity' and subject = 'triple' and subject_id = ${id} /* change_row_history */`,
  ],
};

/**
 * Finds, for each of `ids`, a page of the changes of the object, newest first; one statement for all. The changes of
 * an entity include those of its triples. It steps from revision to revision through the indexes, because one import
 * may have written thousands of a hub's rows: O(page) whatever the hub.
 * @throws {DomainError} BAD_USER_INPUT for bad page arguments
 */
export async function findChangesOf<K extends string | number>(
  db: Queryable,
  subject: HistorySubject,
  { ids, page }: { readonly ids: readonly K[]; readonly page: PageArguments },
): Promise<Map<K, Page<Change>>> {
  const window = readWindow(page, NEWEST_FIRST);
  const parameters = new Parameters();
  const seeds = parameters.add(ids, "bigint[]");
  const start = (window.fromEnd ? window.before : window.after)?.[0] ?? null;
  const stop = (window.fromEnd ? window.after : window.before)?.[0] ?? null;
  const size = parameters.add(window.size + 1, "integer");
  const stopped = stop === null ? "" : `and ${beyond("step.revision", stop, !window.fromEnd, parameters)}`;
  const rows = await db.query<Change & Positioned & { seed: string }>(
    `with recursive step as (
       select seed.id, next.revision, 1 as number from unnest(${seeds}) as seed(id)
         cross join lateral (${nextSql(OWN_ROWS[subject]("seed.id"), start === null ? null : parameters.add(start, "bigint"), window.fromEnd)}) next
       union all
       select step.id, next.revision, step.number + 1 from step
         cross join lateral (${nextSql(OWN_ROWS[subject]("step.id"), "step.revision", window.fromEnd)}) next
        where step.number < ${size} ${stopped}
     )
     select step.id as seed, ${CHANGE_COLUMNS}, ${positionOf(NEWEST_FIRST.columns)}
       from step join change c on c.revision = step.revision
      where true ${stopped} order by step.id, ${orderBy(NEWEST_FIRST.columns, window.fromEnd)}`,
    parameters.values,
  );
  const found = new Map<string, (Change & Positioned)[]>(ids.map((id) => [String(id), []]));
  for (const row of rows) found.get(row.seed)!.push(row);
  return new Map(ids.map((id) => [id, makePage(found.get(String(id))!, window, readChange)]));
}

/** The next older (or newer) revision that has one of these rows, one index probe per kind of row. */
function nextSql(rows: readonly string[], from: string | null, newer: boolean): string {
  const bound = from === null ? "" : `and revision ${newer ? ">" : "<"} ${from}`;
  const probes = rows.map(
    (own) =>
      `(select revision from change_row where ${own} ${bound} order by revision ${newer ? "asc" : "desc"} limit 1)`,
  );
  return `select revision from (${probes.join(" union all ")}) nearest order by revision ${newer ? "asc" : "desc"} limit 1`;
}

function beyond(column: string, revision: string, newer: boolean, parameters: Parameters): string {
  return `${column} ${newer ? ">" : "<"} ${parameters.add(revision, "bigint")}`;
}
