import { findEntity } from "../queries/findEntity.ts";
import type { Entity, EntityBy, Problem, Queryable } from "../types.ts";
import { problem, shown } from "./problem.ts";

/** Finds the entity that an edit names, or the problem that there is none. A merged one leads to its survivor. */
export async function findEdited(
  db: Queryable,
  by: EntityBy,
  path: string,
): Promise<Entity | { readonly problems: readonly Problem[] }> {
  const entity = await findEntity(db, by);
  if (entity) return entity;
  const [field, value] = "id" in by ? ["id", by.id] : ["key", by.key];
  const message = `${path}.${field} is ${shown(value)}; expected the ${field} of a known entity`;
  return { problems: [problem("UNKNOWN_ENTITY", `${path}.${field}`, message)] };
}
