import type { Context } from "../context.ts";
import { type NodeType, parseGlobalId } from "../schema/globalId.ts";
import type { AnyNode } from "../schema/NodeType.ts";
import { assertRole } from "./assertRole.ts";
import { findProposalNode } from "./findProposalNode.ts";

type Find = (id: string, context: Context) => Promise<object | null>;

const FIND: Readonly<Record<NodeType, Find>> = {
  Entity: (id, { entities }) => entities.load(id),
  Relation: (id, { relations }) => relations.load(Number(id)),
  Triple: (id, { triples }) => triples.load(id),
  Change: (id, { knowledge }) => knowledge.findChange(id),
  Model: (id, { models }) => models.findModel(id),
  Job: (id, { viewer, jobs }) => {
    assertRole(viewer, "ADMIN", "a job");
    return jobs.findJob(id);
  },
  Proposal: (id, context) => findProposalNode(id, context),
};

/**
 * Finds the object with this global id; null where unknown.
 * @throws {DomainError} BAD_USER_INPUT where the id is malformed
 */
export async function findNode(value: string, context: Context): Promise<AnyNode | null> {
  const { type, id } = parseGlobalId(value);
  const found = await FIND[type](id, context);
  return found && { ...found, __typename: type };
}
