import { isDeepStrictEqual } from "node:util";
import type { Database } from "../database.ts";
import { findRelation } from "../queries/findRelation.ts";
import { findShape } from "../shapes/findShapes.ts";
import { readShape, SHAPE_COLUMNS } from "../tables/shape.ts";
import type {
  EditOptions,
  EditResult,
  Problem,
  Queryable,
  Relation,
  Shape,
  ShapeDefinition,
} from "../types.ts";
import { checkRevision } from "./checkRevision.ts";
import { checkShape } from "./checkShape.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";

const COLUMNS = `key, type, attribute, relation_id, direction, min_count, max_count, datatype, pattern, flags,
         min_length, max_length, minimum, maximum, allowed, node_types, inverse_id, severity, message`;
const VALUES = `$1, $2, $3, $4::integer, $5, $6::integer, $7::integer, $8, $9, $10, $11::integer, $12::integer,
         $13::float8, $14::float8, $15::jsonb, $16::text[], $17::integer, $18, $19`;
const INSERT = `insert into shape as s (${COLUMNS}) values (${VALUES}) returning ${SHAPE_COLUMNS}`;
const UPDATE = `
  update shape s set (${COLUMNS}) = (${VALUES}), revision = s.revision + 1
   where s.key = $1 returning ${SHAPE_COLUMNS}`;

/**
 * Defines a shape as a whole: creates it, or puts it in the place of the one that has the key. What is in the graph
 * already may break it, and is told by a validation; from now on it is checked where something is written.
 */
export function defineShape(
  db: Database,
  definition: ShapeDefinition,
  options: EditOptions,
): Promise<EditResult<Shape>> {
  return runEdit(db, options, {
    kind: "define_shape",
    input: definition,
    check: () => checkShape(definition),
    revive: (json) => json,
    write: (tx) => writeShape(tx, definition, options),
  });
}

/** Defines a shape in an open change, or gives the problems why not. */
export async function writeShape(
  tx: Queryable,
  definition: ShapeDefinition,
  options: EditOptions,
): Promise<Written<Shape>> {
  const before = await findShape(tx, definition.key);
  const relation = await findNamed(tx, definition, "relation");
  const inverse = await findNamed(tx, definition, "inverse");
  const problems = [
    ...checkRevision(`the shape ${shown(definition.key)}`, before ?? { revision: 0 }, options),
    ...[relation, inverse].flatMap((found) => (found && "problem" in found ? [found.problem] : [])),
  ];
  if (problems.length > 0) return { problems };
  const values = valuesOf(
    definition,
    (relation as Relation | null)?.id ?? null,
    (inverse as Relation | null)?.id ?? null,
  );
  if (before && isDeepStrictEqual(values, valuesOf(before, before.relationId, before.inverseId))) {
    return { value: before, unchanged: true };
  }
  const [row] = await tx.query<Shape>(before ? UPDATE : INSERT, values);
  return { value: readShape(row) };
}

async function findNamed(
  tx: Queryable,
  definition: ShapeDefinition,
  field: "relation" | "inverse",
): Promise<Relation | null | { readonly problem: Problem }> {
  const key = definition[field];
  if (key == null) return null;
  const message = `${field} is ${shown(key)}; expected the key of a known relation`;
  return (await findRelation(tx, key)) ?? { problem: problem("UNKNOWN_RELATION", field, message) };
}

function valuesOf(shape: ShapeDefinition, relationId: number | null, inverseId: number | null): unknown[] {
  return [
    ...[shape.key, shape.type ?? null, shape.attribute ?? null, relationId],
    ...[
      relationId === null ? null : (shape.direction ?? "OUT"),
      shape.minCount ?? null,
      shape.maxCount ?? null,
    ],
    ...[shape.datatype ?? null, shape.pattern ?? null, shape.flags || null],
    ...[shape.minLength ?? null, shape.maxLength ?? null, shape.minimum ?? null, shape.maximum ?? null],
    ...[shape.allowed ? JSON.stringify(shape.allowed) : null, shape.nodeTypes ?? null, inverseId],
    ...[shape.severity ?? "ERROR", shape.message ?? null],
  ];
}
