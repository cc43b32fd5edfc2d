import type { Database } from "../database.ts";
import { findShape } from "../shapes/findShapes.ts";
import type { EditOptions, EditResult, Queryable, Shape } from "../types.ts";
import { checkRevision } from "./checkRevision.ts";
import { checkKey } from "./checks.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";

/** Deletes a shape; the value is the shape as it was. */
export function deleteShape(db: Database, key: string, options: EditOptions): Promise<EditResult<Shape>> {
  return runEdit(db, options, {
    kind: "delete_shape",
    input: { key },
    check: () => checkKey(key, "key"),
    revive: (json) => json,
    write: (tx) => removeShape(tx, key, options),
  });
}

async function removeShape(tx: Queryable, key: string, options: EditOptions): Promise<Written<Shape>> {
  const shape = await findShape(tx, key);
  if (!shape) {
    return {
      problems: [problem("UNKNOWN_SHAPE", "key", `key is ${shown(key)}; expected the key of a shape`)],
    };
  }
  const problems = checkRevision(`the shape ${shown(key)}`, shape, options);
  if (problems.length > 0) return { problems };
  await tx.query("delete from shape where id = $1", [shape.id]);
  return { value: shape };
}
