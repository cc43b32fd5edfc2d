import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { ProposalStatus } from "../kg/types.ts";
import { ProposalConnectionType } from "../schema/connections.ts";
import { ProposalStatusEnum } from "../schema/enums.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { ExtractTriplesInput } from "../schema/inputs/ExtractTriplesInput.ts";
import { ProposeTriplesInput } from "../schema/inputs/ProposeTriplesInput.ts";
import { ReviewProposalsInput } from "../schema/inputs/ReviewProposalsInput.ts";
import { WithdrawProposalsInput } from "../schema/inputs/WithdrawProposalsInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { ProposalsPayload } from "../schema/payloads/ProposalsPayload.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";
import { extractProposals } from "./extractProposals.ts";
import { newSources } from "./newTriple.ts";
import { splitEdit } from "./splitEdit.ts";

const isOfOthers = ({ mine }: { readonly mine?: boolean }) => !mine;

/** Root fields about proposals. */
@Resolver()
export class ProposeResolver {
  @Needs("proposals:write", { also: ["graph:write", "for those of others", isOfOthers] })
  @Query(() => ProposalConnectionType, {
    description: "Proposed triples, the oldest first.",
  })
  async proposals(
    @Arg("status", () => ProposalStatusEnum, {
      nullable: true,
      defaultValue: ProposalStatusEnum.PENDING,
      description: "Where they stand; null for all.",
    })
    status: ProposalStatus | null,
    @Arg("mine", () => Boolean, { defaultValue: false, description: "Only those that the viewer proposed." })
    mine: boolean,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { viewer, proposals }: Context,
  ) {
    const supporter = mine ? viewer.name : null;
    return connectionOf(await proposals.findProposals({ status, supporter }, page));
  }

  @Needs("proposals:write")
  @Mutation(() => ProposalsPayload, {
    description: "Proposes triples for review; an identical one that is pending gains a supporter.",
  })
  async proposeTriples(
    @Arg("input", () => ProposeTriplesInput, { description: "The triples." }) input: ProposeTriplesInput,
    @Ctx() { viewer, proposals }: Context,
  ) {
    const [{ triples, entities }, options] = splitEdit(input, viewer);
    const proposed = triples.map(({ sources, ...triple }) => ({ ...triple, sources: newSources(sources) }));
    const { value, ...result } = await proposals.propose({ triples: proposed, entities }, options);
    return { ...result, proposals: value ?? [] };
  }

  @Needs("proposals:write")
  @Mutation(() => ProposalsPayload, {
    description: "Reads a text, and proposes the triples that it states and the graph lacks.",
  })
  async extractTriples(
    @Arg("input", () => ExtractTriplesInput, { description: "The text." }) input: ExtractTriplesInput,
    @Ctx() context: Context,
  ) {
    const [{ text, source, methods, minConfidence, likely }, options] = splitEdit(input, context.viewer);
    const [named = { name: context.viewer.name, method: "EXTRACTION" as const }] =
      newSources(source ? [source] : []) ?? [];
    const found = await extractProposals(
      {
        ...{ text, methods: methods ?? null, minConfidence: minConfidence ?? 0 },
        likely: boundedCount(likely, { name: "likely", fallback: 0, most: 10 }),
        source: { ...named, method: "EXTRACTION" },
      },
      context,
    );
    if (found.triples.length === 0) {
      return { proposals: [], problems: [], change: null, graphRevision: context.graphRevision() };
    }
    const { value, ...result } = await context.proposals.propose(found, options);
    return { ...result, proposals: value ?? [] };
  }

  @Needs("graph:write")
  @Mutation(() => ProposalsPayload, {
    description:
      "Accepts and rejects proposals; all that are accepted are one change. Nobody accepts their own.",
  })
  async reviewProposals(
    @Arg("input", () => ReviewProposalsInput, { description: "The decisions." }) input: ReviewProposalsInput,
    @Ctx() { viewer, proposals, clear }: Context,
  ) {
    const [{ decisions }, options] = splitEdit(input, viewer);
    const parsed = decisions.map(({ id, ...rest }) => ({ ...rest, id: parseGlobalId(id, "Proposal").id }));
    const { value, ...result } = await proposals.review(parsed, options);
    clear();
    return { ...result, proposals: value ?? [] };
  }

  @Needs("proposals:write")
  @Mutation(() => ProposalsPayload, {
    description: "Takes the viewer's support of proposals back; one without supporters is withdrawn.",
  })
  async withdrawProposals(
    @Arg("input", () => WithdrawProposalsInput, { description: "The proposals." })
    input: WithdrawProposalsInput,
    @Ctx() { viewer, proposals }: Context,
  ) {
    const [{ ids }, options] = splitEdit(input, viewer);
    const parsed = ids.map((id) => parseGlobalId(id, "Proposal").id);
    const { value, ...result } = await proposals.withdraw(parsed, options);
    return { ...result, proposals: value ?? [] };
  }
}
