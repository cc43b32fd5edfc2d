import { DomainError } from "../../../errors.ts";
import { packCursor, readCursor } from "../../queries/cursor.ts";
import { PAGE_DEFAULT, PAGE_LIMIT } from "../../queries/page.ts";
import type { ChangeDiff, DiffArguments, NetRow, Queryable, Revision } from "../../types.ts";
import { findNames, type Names, nameRow } from "../findNames.ts";
import { diffFields } from "./diffFields.ts";
import { netRowsOf } from "./netSql.ts";

const ORDER = "diff"; // names it inside cursors
const DIFFS = `
  with net as materialized (${netRowsOf("$1::bigint[]")})
  select n.revision, n.subject, n.subject_id::text as id, n.action, n.first::text as position, f.before, l.after
    from unnest($1::bigint[]) as asked(revision)
   cross join lateral (
     select * from net where net.revision = asked.revision and net.first > $2::bigint order by first limit $3) n
    join change_row f on f.revision = n.revision and f.id = n.first
    join change_row l on l.revision = n.revision and l.id = n.last
   order by n.revision, n.first`;

interface DiffRow extends NetRow {
  readonly revision: Revision;
  readonly position: string;
}

/**
 * Finds, for each of `revisions`, a page of what the change did, row by row in the order in which it was written.
 * Two statements for all: the rows, and the names that they need.
 * @throws {DomainError} BAD_USER_INPUT for a bad size or cursor
 */
export async function findDiffs(
  db: Queryable,
  revisions: readonly Revision[],
  { first, after }: DiffArguments,
): Promise<Map<Revision, readonly ChangeDiff[]>> {
  const size = first ?? PAGE_DEFAULT;
  if (!Number.isInteger(size) || size < 0 || size > PAGE_LIMIT) {
    throw new DomainError("BAD_USER_INPUT", `first is ${size}; expected an integer from 0 to ${PAGE_LIMIT}`);
  }
  const [behind] = after == null ? ["-1"] : readCursor(after, ORDER, ["bigint"]);
  const rows = await db.query<DiffRow>(DIFFS, [revisions, behind, size]);
  const names = await findNames(db, rows.flatMap(imagesOf));
  const found = new Map<Revision, ChangeDiff[]>(revisions.map((revision) => [revision, []]));
  for (const row of rows) found.get(row.revision)!.push(tellDiff(row, names));
  return found;
}

/** Both images of a row, as what has a name. */
export function imagesOf({ subject, id, before, after }: NetRow) {
  return [before, after].filter((image) => image !== null).map((image) => ({ subject, id, image }));
}

function tellDiff(row: DiffRow, names: Names): ChangeDiff {
  const { subject, id, action, before, after } = row;
  return {
    ...{ subject, id, action },
    label: nameRow({ subject, id, image: after ?? before }, names),
    fields: diffFields(row, names),
    cursor: packCursor(ORDER, [row.position]),
  };
}
