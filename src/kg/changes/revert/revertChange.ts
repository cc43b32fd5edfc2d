import { invalid } from "../../curation/checks.ts";
import { problem, shown } from "../../curation/problem.ts";
import { runEdit, type Written } from "../../curation/runEdit.ts";
import type { Database } from "../../database.ts";
import { findChange } from "../../queries/findChange.ts";
import { isBigint } from "../../queries/values.ts";
import type { Change, EditOptions, EditResult, Queryable, Revision } from "../../types.ts";
import { findLoggedTables } from "../findLoggedTables.ts";
import { applyInverse } from "./applyInverse.ts";
import { copyNetRows } from "./copyNetRows.ts";
import { findConflicts } from "./findConflicts.ts";

const LINK = "insert into change_revert (revision, reverts) values (current_change(), $1::bigint)";

/**
 * Undoes a change, whatever it was (a merge, an import, a revert too), as a change of its own: every row that it
 * touched becomes what it was before, under its id. Where a later edit stands in the way, nothing is written and every
 * conflict is a CHANGE_CONFLICT problem. The value is the change that is undone.
 */
export function revertChange(
  db: Database,
  revision: Revision,
  options: EditOptions,
): Promise<EditResult<Change>> {
  return runEdit(db, options, {
    kind: "revert_change",
    input: { revision },
    check: () => (isBigint(revision) ? [] : invalid("id", revision, "the id of a change")),
    revive: (json) => ({ ...json, at: new Date(json.at) }),
    write: (tx) => writeRevert(tx, revision),
  });
}

/** Undoes a change in an open change, or gives the problems why not. */
export async function writeRevert(tx: Queryable, revision: Revision): Promise<Written<Change>> {
  const reverted = await findChange(tx, revision);
  const [{ current }] = await tx.query<{ current: Revision }>("select current_change() as current");
  if (!reverted || current === revision) {
    const message = `id is ${shown(revision)}; expected the id of a change in the log`;
    return { problems: [problem("UNKNOWN_CHANGE", "id", message)] };
  }
  const tables = await findLoggedTables(tx);
  await copyNetRows(tx, revision);
  const problems = await findConflicts(tx, revision, tables);
  if (problems.length > 0) return { problems };
  await applyInverse(tx, revision, tables);
  await tx.query(LINK, [revision]);
  return { value: reverted };
}
