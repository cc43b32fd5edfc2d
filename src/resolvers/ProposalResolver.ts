import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Change, Proposal, Relation, Triple } from "../kg/types.ts";
import { ProposalType } from "../schema/ProposalType.ts";
import type { ProposalEnd } from "./ProposalEndResolver.ts";
import { tellProposalRow } from "./tellProposalRow.ts";

/** Fields of a proposal that need more than its row. */
@Resolver(() => ProposalType)
export class ProposalResolver {
  @FieldResolver()
  head(@Root() { head, headEntity }: Proposal): ProposalEnd {
    return { key: head, proposed: headEntity };
  }

  @FieldResolver()
  relation(@Root() { relation }: Proposal, @Ctx() { relationsByKey }: Context): Promise<Relation | null> {
    return relationsByKey.load(relation);
  }

  @FieldResolver()
  tail(@Root() { tail, tailEntity }: Proposal): ProposalEnd {
    return { key: tail, proposed: tailEntity };
  }

  @FieldResolver()
  supporterCount(@Root() { supporters }: Proposal): number {
    return supporters.length;
  }

  @FieldResolver()
  change(@Root() { changeRevision }: Proposal, @Ctx() { knowledge }: Context): Promise<Change | null> | null {
    return changeRevision === null ? null : knowledge.findChange(changeRevision);
  }

  @FieldResolver()
  triple(@Root() { tripleId }: Proposal, @Ctx() { triples }: Context): Promise<Triple | null> | null {
    return tripleId === null ? null : triples.load(tripleId);
  }

  @FieldResolver()
  async diff(@Root() proposal: Proposal, @Ctx() context: Context) {
    if (proposal.status !== "PENDING") return [];
    const { rows } = await context.assessments.load(proposal);
    return Promise.all(
      rows.map(async (row) => ({ ...row, sentence: await tellProposalRow(row, proposal, context) })),
    );
  }

  @FieldResolver()
  async conflicts(@Root() proposal: Proposal, @Ctx() { assessments }: Context) {
    return proposal.status === "PENDING" ? (await assessments.load(proposal)).conflicts : [];
  }

  @FieldResolver()
  async contradicting(@Root() proposal: Proposal, @Ctx() { assessments }: Context) {
    return proposal.status === "PENDING" ? (await assessments.load(proposal)).contradicting : [];
  }
}
