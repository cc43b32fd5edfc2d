import { Field, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** A scenario to delete. */
@InputType("DeleteScenarioInput", { description: "A scenario to delete; its versions stay." })
export class DeleteScenarioInput extends EditInput {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => Int, { nullable: true, description: "The version that must stand now." })
  expectedVersion?: number | null;
}
