import { Field, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** The shape to delete. */
@InputType("DeleteShapeInput", { description: "The shape to delete; the change log keeps it." })
export class DeleteShapeInput extends EditInput {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => Int, { nullable: true, description: "Refused where the shape has another revision by now." })
  expectedRevision?: number | null;
}
