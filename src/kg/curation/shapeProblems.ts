import { checkValues } from "../shapes/checkValues.ts";
import { findShapesOf } from "../shapes/findShapes.ts";
import type { Entity, Problem, Queryable, ShapeBreach } from "../types.ts";
import { problem, shown } from "./problem.ts";
import type { Written } from "./runEdit.ts";

/** The problems of an entity that is new: it has no triples yet, and lacks those that its type must have. */
export async function checkNewEntity(db: Queryable, entity: Entity): Promise<Problem[]> {
  const shapes = await findShapesOf(db, [entity.type], { triples: true });
  const lacking = shapes
    .filter(({ relationId, minCount }) => relationId !== null && minCount !== null && minCount > 0)
    .map((shape): ShapeBreach => {
      const message = `${shown(entity.key)} has no triples yet that the shape asks for; expected at least ${shape.minCount}`;
      return { shape, entityId: entity.id, tripleId: null, message };
    });
  return shapeProblems([...checkValues(entity, shapes), ...lacking]);
}

/** The problems of what an entity says now and did not say before: what was broken before is no problem of this edit. */
export async function checkAltered(db: Queryable, before: Entity, after: Entity): Promise<Problem[]> {
  const shapes = await findShapesOf(db, [before.type, after.type], { triples: false });
  const known = new Set(checkValues(before, shapes).map(({ shape, message }) => `${shape.id} ${message}`));
  const breaches = checkValues(after, shapes);
  return shapeProblems(breaches.filter(({ shape, message }) => !known.has(`${shape.id} ${message}`)));
}

/**
 * Makes the problems of broken shapes. That triples are missing is a warning whatever the shape says: a graph is made
 * edit by edit, and the last triple of an entity could never be replaced otherwise.
 */
export function shapeProblems(breaches: readonly ShapeBreach[]): Problem[] {
  return breaches.map(({ shape, message, tripleId }) => {
    const { attribute, severity } = shape;
    const missing = attribute === null && tripleId === null;
    const path =
      attribute === null ? null : attribute.startsWith("@") ? attribute.slice(1) : `attributes.${attribute}`;
    const told = `${shape.message ?? message} (shape ${shown(shape.key)})`;
    return { ...problem("SHAPE_VIOLATION", path, told), severity: missing ? "WARNING" : severity };
  });
}

/** What comes of a write with these problems: refused by an error, written with warnings otherwise. */
export function judge<T>(value: T, problems: readonly Problem[]): Written<T> {
  return problems.some(({ severity }) => severity !== "WARNING")
    ? { problems }
    : { value, warnings: problems };
}
