import { Field, Float, InputType } from "type-graphql";
import { RelatedToInput } from "./RelatedToInput.ts";

/** Which items may be recommended; all conditions must hold. */
@InputType("ItemFilter", { description: "Which items may be recommended; all conditions must hold." })
export class ItemFilterInput {
  @Field(() => [String], { nullable: true, description: "One of these types." })
  types?: string[] | null;

  @Field(() => [RelatedToInput], { nullable: true, description: "Related to each of these." })
  has?: RelatedToInput[] | null;

  @Field(() => [RelatedToInput], { nullable: true, description: "Related to none of these." })
  hasNot?: RelatedToInput[] | null;

  @Field(() => [String], { nullable: true, description: "Keys of items to leave out." })
  exclude?: string[] | null;

  @Field(() => Float, { nullable: true, description: "Triples below it count as absent for `has`, 0 to 1." })
  minConfidence?: number | null;
}
