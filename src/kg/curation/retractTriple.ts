import type { Database } from "../database.ts";
import { findTriplesByIds } from "../queries/findTriplesByIds.ts";
import { isBigint } from "../queries/values.ts";
import { findRemovalBreaches } from "../shapes/findTripleBreaches.ts";
import type { EditOptions, EditResult, Problem, Queryable, Triple, TripleId } from "../types.ts";
import { reviveTriple } from "./addTriple.ts";
import { checkRevision } from "./checkRevision.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { judge, shapeProblems } from "./shapeProblems.ts";

/** Deletes a triple; the value is the triple as it was, and the change log keeps it. */
export function retractTriple(db: Database, id: TripleId, options: EditOptions): Promise<EditResult<Triple>> {
  return runEdit(db, options, {
    kind: "retract_triple",
    brief: true,
    input: { id },
    check: () => (typeof id === "string" && isBigint(id) ? [] : unknownTriple(id)),
    revive: reviveTriple,
    write: (tx) => writeRetraction(tx, id, options),
  });
}

/** Deletes a triple in an open change, or gives the problems why not. */
export async function writeRetraction(
  tx: Queryable,
  id: TripleId,
  options: Pick<EditOptions, "expectedRevision">,
): Promise<Written<Triple>> {
  const triple = (await findTriplesByIds(tx, [id])).get(id);
  if (!triple) return { problems: unknownTriple(id) };
  const problems = checkRevision(`the triple ${id}`, triple, options);
  if (problems.length > 0) return { problems };
  await tx.query("delete from triple where id = $1::bigint", [id]);
  if (triple.rank === "DEPRECATED") return { value: triple };
  return judge(triple, shapeProblems(await findRemovalBreaches(tx, [triple])));
}

/** The problem of an id that no triple has. */
export function unknownTriple(id: TripleId): Problem[] {
  const message = `id is ${shown(id)}; expected the id of a triple in the graph`;
  return [problem("UNKNOWN_TRIPLE", "id", message)];
}
