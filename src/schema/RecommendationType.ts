import { Field, Float, Int, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { ExplanationType } from "./ExplanationType.ts";
import { RecommendationSourceEnum } from "./enums.ts";

/** GraphQL shape of a recommendation. */
@ObjectType("Recommendation", { simpleResolvers: true, description: "An item for a user, with the reasons." })
export class RecommendationType {
  @Field(() => EntityType, { description: "The recommended item." })
  item: unknown;

  @Field(() => Int, { description: "1 = best." })
  rank: number;

  @Field(() => Float, { description: "Comparable within one response only." })
  score: number;

  @Field(() => RecommendationSourceEnum, { description: "Which step of the fallback chain made it." })
  source: string;

  @Field(() => Float, {
    description:
      "Share of the score that evidence carries, 0 to 1: |evidence| / (|evidence| + |popularity| + |bias| + |boosts|).",
  })
  confidence: number;

  @Field(() => ExplanationType, { description: "Why the score is what it is." })
  explanation: unknown;
}
