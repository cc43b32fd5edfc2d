import { DomainError } from "../../../errors.ts";
import type { Proposals, Revision } from "../../types.ts";

/**
 * Makes reviews return once this process's snapshot holds what they accepted, so that the reviewer sees it in the
 * next answer. One whose revision does not come in time is committed all the same, and returns.
 */
export function settleProposals(
  proposals: Proposals,
  waitFor: (revision: Revision) => Promise<void>,
): Proposals {
  return {
    ...proposals,
    async review(decisions, options) {
      const result = await proposals.review(decisions, options);
      if (result.change) await waitFor(result.graphRevision).catch(acceptDelay);
      return result;
    },
  };
}

function acceptDelay(error: unknown): void {
  if (!(error instanceof DomainError && error.code === "UNAVAILABLE")) throw error;
}
