import { Field, InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** Two entities that are not the same. */
@InputType("RefuseDuplicateInput", { description: "Two entities that are not the same." })
export class RefuseDuplicateInput extends EditInput {
  @Field(() => String, { description: "Key of the one." })
  entity: string;

  @Field(() => String, { description: "Key of the other." })
  other: string;
}
