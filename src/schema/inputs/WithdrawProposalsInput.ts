import { Field, ID, InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** Proposals to take back. */
@InputType("WithdrawProposalsInput", { description: "Proposals that the viewer takes back." })
export class WithdrawProposalsInput extends EditInput {
  @Field(() => [ID], { description: "Global ids of 1 to 100 proposals of the viewer's." })
  ids: string[];
}
