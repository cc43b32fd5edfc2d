import { Field, Float, InputType } from "type-graphql";
import type { Fallback } from "../../recommend/types.ts";
import { FallbackEnum } from "../enums.ts";
import { Duration } from "../scalars.ts";
import { BoosterInput } from "./BoosterInput.ts";

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
    description:
      "0 to 1: maximal marginal relevance over the graph. An item steps back by its likeness (shared entities) with a better one; scores stay as they are.",
  })
  diversity?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "0 to 1: only items of which evidence carries at least this share of the score, see `confidence`.",
  })
  minConfidence?: number | null;

  @Field(() => [BoosterInput], { nullable: true, description: "What is added to scores, at most 20." })
  boosters?: BoosterInput[] | null;

  @Field(() => [FallbackEnum], {
    nullable: true,
    description:
      "What fills the list where evidence does not, in this order; TRENDING, then POPULAR where left out, nothing where empty.",
  })
  fallback?: Fallback[] | null;

  @Field(() => Duration, {
    nullable: true,
    description: "How far TRENDING looks back; a week where left out.",
  })
  trendingWindow?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Answer from this graph revision or a newer one; waits for it.",
  })
  minRevision?: string | null;
}
