import { Field, ObjectType } from "type-graphql";
import { ProposalType } from "../ProposalType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of what makes, reviews or withdraws proposals; only accepting makes a change. */
@ObjectType("ProposalsPayload", {
  simpleResolvers: true,
  description: "Answer of what makes, reviews or withdraws proposals; only accepting makes a change.",
})
export class ProposalsPayload extends EditPayload {
  @Field(() => [ProposalType], {
    description:
      "As they are now, or would be after a dry run, in the order of the input; empty where refused.",
  })
  proposals: unknown[];
}
