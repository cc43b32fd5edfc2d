import { assertAllowed } from "../access/assertAllowed.ts";
import type { Scope } from "../access/types.ts";
import type { Context } from "../context.ts";
import { type NodeType, parseGlobalId } from "../schema/globalId.ts";
import type { AnyNode } from "../schema/NodeType.ts";
import { actorOf } from "./actorOf.ts";
import { findProposalNode } from "./findProposalNode.ts";

/** How an object is found by its id, and the scopes of which one is needed for that. */
interface NodeAccess {
  readonly needs: readonly Scope[];
  find(id: string, context: Context): Promise<object | null>;
}

const NODES: Readonly<Record<NodeType, NodeAccess>> = {
  Entity: { needs: ["graph:read"], find: (id, { entities }) => entities.load(id) },
  Relation: { needs: ["graph:read"], find: (id, { relations }) => relations.load(Number(id)) },
  Triple: { needs: ["graph:read"], find: (id, { triples }) => triples.load(id) },
  Change: { needs: ["graph:read"], find: (id, { knowledge }) => knowledge.findChange(id) },
  Model: { needs: ["recommend:read"], find: (id, { models }) => models.findModel(id) },
  Job: {
    needs: ["graph:write", "models:write"],
    find: (id, { viewer, jobs }) => jobs.findJob(id, actorOf(viewer)),
  },
  Proposal: { needs: ["proposals:write"], find: findProposalNode },
};

/**
 * Finds the object with this global id; null where unknown.
 * @throws {DomainError} BAD_USER_INPUT where the id is malformed
 * @throws {AccessError} where the viewer may not read objects of its type
 */
export async function findNode(value: string, context: Context): Promise<AnyNode | null> {
  const { type, id } = parseGlobalId(value);
  const { needs, find } = NODES[type];
  assertAllowed(context.viewer, needs, `a node of type ${type}`);
  const found = await find(id, context);
  return found && { ...found, __typename: type };
}
