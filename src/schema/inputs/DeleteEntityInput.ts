import { Field, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";
import { EntityByInput } from "./EntityByInput.ts";

/** The entity to delete. */
@InputType("DeleteEntityInput", {
  description: "The entity to delete; the change log keeps it. Refused where users have interacted with it.",
})
export class DeleteEntityInput extends EditInput {
  @Field(() => EntityByInput, { description: "The entity." })
  by: EntityByInput;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Delete its triples, and the entities merged into it, as well; refused where there are any otherwise.",
  })
  cascade?: boolean | null;

  @Field(() => Int, { nullable: true, description: "Refused where the entity has another revision by now." })
  expectedRevision?: number | null;
}
