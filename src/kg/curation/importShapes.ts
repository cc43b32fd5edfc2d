import type { Database } from "../database.ts";
import { findRelationKeys } from "../queries/findRelationKeys.ts";
import { readShacl, type ShaclShapes } from "../shapes/shacl/readShacl.ts";
import type { EditOptions, EditResult, Problem, Queryable } from "../types.ts";
import { checkShape } from "./checkShape.ts";
import { writeRelation } from "./defineRelation.ts";
import { writeShape } from "./defineShape.ts";
import { runEdit, type Written } from "./runEdit.ts";

/** What came of a SHACL file. */
export interface ImportedShapes {
  /** Shapes that are new or differ from what was there. */
  readonly defined: number;
  readonly unchanged: number;
  /** Parts of the file that are not checked. */
  readonly unsupported: ShaclShapes["unsupported"];
}

/**
 * Imports the shapes of a SHACL file as one change; relations that are not there yet are created. Importing the same
 * file again writes nothing.
 * @throws {DomainError} BAD_USER_INPUT where `text` is no Turtle
 */
export async function importShapes(
  db: Database,
  text: string,
  options: EditOptions,
): Promise<EditResult<ImportedShapes>> {
  return runEdit(db, options, {
    kind: "import_shapes",
    input: { text },
    check: () => [],
    revive: (json) => json,
    write: (tx) => writeShapes(tx, text, options),
  });
}

async function writeShapes(
  tx: Queryable,
  text: string,
  options: EditOptions,
): Promise<Written<ImportedShapes>> {
  const known = new Set(await findRelationKeys(tx));
  const { shapes, unsupported } = readShacl(text, (key) => known.has(key));
  const problems: Problem[] = [];
  let unchanged = 0;
  for (const shape of shapes) {
    const { relation } = shape;
    const malformed = checkShape(shape);
    if (malformed.length === 0 && relation != null && !known.has(relation)) {
      await writeRelation(tx, { key: relation }, { actor: options.actor });
      known.add(relation);
    }
    const written =
      malformed.length > 0 ? { problems: malformed } : await writeShape(tx, shape, { actor: options.actor });
    if ("problems" in written) problems.push(...written.problems);
    else if (written.unchanged) unchanged++;
  }
  if (problems.length > 0) return { problems };
  const value = { defined: shapes.length - unchanged, unchanged, unsupported };
  return { value, unchanged: value.defined === 0 };
}
