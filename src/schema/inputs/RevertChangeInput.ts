import { Field, ID, InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** The change to undo. */
@InputType("RevertChangeInput", { description: "The change to undo." })
export class RevertChangeInput extends EditInput {
  @Field(() => ID, { description: "Global id of the change; of any kind, a revert too." })
  id: string;
}
