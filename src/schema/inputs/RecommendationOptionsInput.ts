import { Field, Float, InputType } from "type-graphql";

/** How to recommend. */
@InputType("RecommendationOptions", { description: "How to recommend." })
export class RecommendationOptionsInput {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Recommend also what the user interacted with before.",
  })
  includeInteracted?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description: "0 to 1: maximal marginal relevance over the graph.",
  })
  diversity?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Answer from this graph revision or a newer one; waits for it.",
  })
  minRevision?: string | null;
}
