import { Field, ID, InputType, Int } from "type-graphql";
import type { ProposalDecision } from "../../kg/types.ts";
import { ProposalDecisionEnum } from "../enums.ts";
import { EditInput } from "./EditInput.ts";

/** What becomes of one proposal. */
@InputType("ProposalDecisionInput", { description: "What becomes of one proposal." })
export class ProposalDecisionInput {
  @Field(() => ID, { description: "Global id of the proposal." })
  id: string;

  @Field(() => ProposalDecisionEnum, { description: "Whether it becomes a triple." })
  decision: ProposalDecision["decision"];

  @Field(() => String, { nullable: true, description: "What to tell those who proposed it." })
  note?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Refused where the proposal has another revision by now.",
  })
  expectedRevision?: number | null;
}

/** Decisions about proposals. */
@InputType("ReviewProposalsInput", {
  description: "Decisions about proposals; all, or with any problem none.",
})
export class ReviewProposalsInput extends EditInput {
  @Field(() => [ProposalDecisionInput], { description: "1 to 100 decisions, each about another proposal." })
  decisions: ProposalDecisionInput[];
}
