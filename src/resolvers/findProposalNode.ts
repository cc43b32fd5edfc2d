import type { Context } from "../context.ts";
import type { Proposal } from "../kg/types.ts";
import { assertRole } from "./assertRole.ts";

/**
 * Finds a proposal for whoever supports it or may review it; null where unknown.
 * @throws {GraphQLError} UNAUTHENTICATED, or FORBIDDEN where it is neither
 */
export async function findProposalNode(id: string, { viewer, proposals }: Context): Promise<Proposal | null> {
  assertRole(viewer, "VIEWER", "a proposal");
  const proposal = await proposals.findProposal(id);
  if (!proposal?.supporters.includes(viewer.name)) assertRole(viewer, "CURATOR", "a proposal of others");
  return proposal;
}
