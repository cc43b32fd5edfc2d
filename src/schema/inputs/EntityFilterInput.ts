import { Field, InputType } from "type-graphql";
import { RelatedToInput } from "./RelatedToInput.ts";

/** Which entities to list; all conditions must hold. */
@InputType("EntityFilter", { description: "Which entities to list; all conditions must hold." })
export class EntityFilterInput {
  @Field(() => [String], { nullable: true, description: "One of these types." })
  types?: string[] | null;

  @Field(() => [String], { nullable: true, description: "One of these keys." })
  keys?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "May be recommended, or may not." })
  isItem?: boolean | null;

  @Field(() => RelatedToInput, { nullable: true, description: "Related to this entity." })
  relatedTo?: RelatedToInput | null;
}
