import type { Database } from "../database.ts";
import { findTriplesByIds } from "../queries/findTriplesByIds.ts";
import { isBigint } from "../queries/values.ts";
import type { EditOptions, EditResult, Triple, TripleId } from "../types.ts";
import { reviveTriple } from "./addTriple.ts";
import { checkRevision } from "./checkRevision.ts";
import { problem, shown } from "./problem.ts";
import { runEdit } from "./runEdit.ts";

/** Deletes a triple; the value is the triple as it was, and the change log keeps it. */
export function retractTriple(db: Database, id: TripleId, options: EditOptions): Promise<EditResult<Triple>> {
  const unknown = () => [
    problem("UNKNOWN_TRIPLE", "id", `id is ${shown(id)}; expected the id of a triple in the graph`),
  ];
  return runEdit(db, options, {
    kind: "retract_triple",
    input: { id },
    check: () => (typeof id === "string" && isBigint(id) ? [] : unknown()),
    revive: reviveTriple,
    async write(tx) {
      const triple = (await findTriplesByIds(tx, [id])).get(id);
      if (!triple) return { problems: unknown() };
      const problems = checkRevision(`the triple ${id}`, triple, options);
      if (problems.length > 0) return { problems };
      await tx.query("delete from triple where id = $1::bigint", [id]);
      return { value: triple };
    },
  });
}
