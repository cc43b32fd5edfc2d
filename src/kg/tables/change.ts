import type { Change } from "../types.ts";

/** The columns of a change, of a table or subquery named `c`, under their names in the domain. */
export const CHANGE_COLUMNS = "c.revision, c.kind, c.actor, c.reason, c.at";

/** Copies a change out of a row that may have more columns. */
export function readChange(row: Change): Change {
  return { revision: row.revision, kind: row.kind, actor: row.actor, reason: row.reason, at: row.at };
}
