import { Field, Float, InputType } from "type-graphql";
import { AttributeFilterInput } from "./AttributeFilterInput.ts";
import { RelatedToInput } from "./RelatedToInput.ts";

/** Which items may be recommended; all conditions must hold. */
@InputType("ItemFilter", {
  description: "Which items may be recommended; all conditions must hold. Filters nest, at most 8 deep.",
})
export class ItemFilterInput {
  @Field(() => [String], { nullable: true, description: "One of these types." })
  types?: string[] | null;

  @Field(() => [String], { nullable: true, description: "One of these keys." })
  keys?: string[] | null;

  @Field(() => [RelatedToInput], { nullable: true, description: "Related to each of these." })
  has?: RelatedToInput[] | null;

  @Field(() => [RelatedToInput], { nullable: true, description: "Related to none of these." })
  hasNot?: RelatedToInput[] | null;

  @Field(() => [AttributeFilterInput], { nullable: true, description: "With attributes like each of these." })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => [String], { nullable: true, description: "Keys of items to leave out." })
  exclude?: string[] | null;

  @Field(() => Float, { nullable: true, description: "Triples below it count as absent for `has`, 0 to 1." })
  minConfidence?: number | null;

  @Field(() => [ItemFilterInput], { nullable: true, description: "Each of these too." })
  and?: ItemFilterInput[] | null;

  @Field(() => [ItemFilterInput], { nullable: true, description: "One of these; of an empty list none." })
  or?: ItemFilterInput[] | null;

  @Field(() => ItemFilterInput, { nullable: true, description: "Not this." })
  not?: ItemFilterInput | null;
}
