import DataLoader from "dataloader";
import type { Database } from "../../database.ts";
import type { Proposal, ProposalAssessment } from "../../types.ts";
import { assessProposals } from "./assessProposals.ts";

/** Makes the loader of one request: all proposals of a page are assessed in one transaction. */
export function makeAssessments(db: Database): DataLoader<Proposal, ProposalAssessment, Proposal["id"]> {
  return new DataLoader<Proposal, ProposalAssessment, string>((proposals) => assessProposals(db, proposals), {
    cacheKeyFn: ({ id }) => id,
  });
}
