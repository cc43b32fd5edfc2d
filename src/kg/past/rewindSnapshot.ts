import { DomainError } from "../../errors.ts";
import { applyAnyhow } from "../snapshot/applyAnyhow.ts";
import { netChanges } from "../snapshot/netChanges.ts";
import { NOT_IN_SNAPSHOT } from "../snapshot/readChanges.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { ChangeRow, Queryable, Revision } from "../types.ts";

/** Rows of the log that are undone at most: some seconds. */
const MOST_ROWS = 500_000;

// Index change_row_pkey.
const LATER = `
  select subject, subject_id::text as "subjectId", before::jsonb - $4::text[] as before, after::jsonb - $4::text[] as after
    from change_row where revision > $1::bigint and revision <= $2::bigint order by revision, id limit $3`;

/**
 * Takes a snapshot of one's own back to an earlier revision, by undoing what the log has of the changes since.
 * O(rows since), and O(graph) where deleted entities come back.
 * @throws {DomainError} BAD_USER_INPUT where the revision is still to come, UNAVAILABLE where it is too long ago
 */
export async function rewindSnapshot(
  db: Queryable,
  snapshot: Snapshot,
  revision: Revision,
): Promise<Snapshot> {
  const now = snapshot.revision;
  if (BigInt(revision) > BigInt(now)) {
    throw new DomainError("BAD_USER_INPUT", `revision ${revision} is still to come; expected ${now} at most`);
  }
  const rows = await db.query<ChangeRow>(LATER, [revision, now, MOST_ROWS + 1, NOT_IN_SNAPSHOT]);
  if (rows.length > MOST_ROWS) {
    const message = `more than ${MOST_ROWS} rows have changed since revision ${revision}`;
    throw new DomainError("UNAVAILABLE", `${message}; expected a revision nearer to ${now}`);
  }
  return applyAnyhow(snapshot, undo(rows), { revision, bind: () => null }).graph;
}

function undo(rows: readonly ChangeRow[]): ChangeRow[] {
  const net = netChanges(rows);
  return (["entity", "relation", "triple"] as const).flatMap((subject) =>
    [...net[subject]].map(([id, { before, after }]) => ({
      ...{ subject, subjectId: String(id) },
      ...{ before: after, after: before },
    })),
  );
}
