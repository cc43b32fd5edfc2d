import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Entity } from "../kg/types.ts";
import type { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { entityBy } from "./entityBy.ts";

/** Finds the entity that the input names; null where unknown. */
export function findEntityBy(by: EntityByInput, { knowledge }: Context): Promise<Entity | null> {
  return knowledge.findEntity(entityBy(by));
}

/**
 * Finds the entity that the input names.
 * @throws {DomainError} NOT_FOUND naming the id or key
 */
export async function requireEntityBy(by: EntityByInput, context: Context): Promise<Entity> {
  const entity = await findEntityBy(by, context);
  if (entity) return entity;
  const [field, value] = by.id != null ? ["id", by.id] : ["key", by.key];
  throw new DomainError("NOT_FOUND", `no entity has the ${field} "${value}"`);
}
