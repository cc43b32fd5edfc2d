import { Field, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";
import { EntityByInput } from "./EntityByInput.ts";

/** Entities that are one. */
@InputType("MergeEntitiesInput", {
  description: "Entities that are one. `revertChange` of the change makes them several again.",
})
export class MergeEntitiesInput extends EditInput {
  @Field(() => EntityByInput, { description: "The one that survives." })
  into: EntityByInput;

  @Field(() => [EntityByInput], {
    description: "The ones whose keys and ids lead to it from now on; at most 100.",
  })
  from: EntityByInput[];

  @Field(() => Int, {
    nullable: true,
    description: "Refused where the survivor has another revision by now.",
  })
  expectedRevision?: number | null;
}
