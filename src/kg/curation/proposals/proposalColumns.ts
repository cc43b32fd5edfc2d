import type { Proposal } from "../../types.ts";

/** Columns of a proposal, of a table or subquery named `p`, by the names of `Proposal`: a row is one as it is. */
export const PROPOSAL_COLUMNS = `p.id, p.status, p.head, p.relation, p.tail, p.head_entity as "headEntity",
  p.tail_entity as "tailEntity", p.confidence, p.qualifiers, p.sources, p.valid_from as "validFrom",
  p.valid_to as "validTo", p.method, p.span, p.reason, p.proposed_by as "proposedBy", p.proposed_at as "proposedAt",
  array(select s.actor from proposal_support s where s.proposal_id = p.id order by s.at, s.actor) as supporters,
  p.reviewed_by as "reviewedBy", p.reviewed_at as "reviewedAt", p.note, p.change_revision as "changeRevision",
  p.triple_id as "tripleId", p.revision`;

/** Makes proposals again out of their JSON, where times are text. */
export function reviveProposals(json: readonly Proposal[]): readonly Proposal[] {
  return json.map((proposal) => ({
    ...proposal,
    validFrom: proposal.validFrom && new Date(proposal.validFrom),
    validTo: proposal.validTo && new Date(proposal.validTo),
    proposedAt: new Date(proposal.proposedAt),
    reviewedAt: proposal.reviewedAt && new Date(proposal.reviewedAt),
  }));
}
