import type { EntityBy } from "../kg/types.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import type { EntityByInput } from "../schema/inputs/EntityByInput.ts";

/**
 * Gives the name of an entity as the graph knows it.
 * @throws {DomainError} BAD_USER_INPUT for an id that this API did not give
 */
export function entityBy({ id, key }: EntityByInput): EntityBy {
  return id != null ? { id: parseGlobalId(id, "Entity").id } : { key: key ?? "" }; // @oneOf: exactly one is set
}
