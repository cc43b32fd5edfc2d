import { assertAllowed } from "../access/assertAllowed.ts";
import type { Context } from "../context.ts";
import type { Proposal } from "../kg/types.ts";

/**
 * Finds a proposal for whoever supports it or may review it; null where unknown.
 * @throws {AccessError} FORBIDDEN where it is neither
 */
export async function findProposalNode(id: string, { viewer, proposals }: Context): Promise<Proposal | null> {
  const proposal = await proposals.findProposal(id);
  if (!proposal?.supporters.includes(viewer.name))
    assertAllowed(viewer, ["graph:write"], "a proposal of others");
  return proposal;
}
