import { assertAllowed } from "../access/assertAllowed.ts";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { NODE_TYPES, parseGlobalId } from "../schema/globalId.ts";
import type { AnyNode } from "../schema/NodeType.ts";
import { findNode } from "./findNode.ts";

/**
 * Finds what a federation gateway represents by a type and one of its keys; null where unknown.
 * @throws {DomainError} BAD_USER_INPUT where the representation has another form
 * @throws {AccessError} where the viewer may not read objects of its type
 */
export async function findRepresented(representation: unknown, context: Context): Promise<AnyNode | null> {
  const { __typename, id, key } = (representation ?? {}) as Readonly<Record<string, unknown>>;
  const type = NODE_TYPES.find((name) => name === __typename);
  if (type && typeof id === "string") {
    parseGlobalId(id, type);
    return findNode(id, context);
  }
  if (type === "Entity" && typeof key === "string") {
    assertAllowed(context.viewer, ["graph:read"], "a node of type Entity");
    const entity = await context.entitiesByKey.load(key);
    return entity && { ...entity, __typename: "Entity" };
  }
  throw new DomainError(
    "BAD_USER_INPUT",
    `the representation ${JSON.stringify(representation)} is not usable; expected {__typename, id}, or {__typename: "Entity", key}`,
  );
}
