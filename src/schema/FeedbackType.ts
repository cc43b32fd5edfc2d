import { Field, Float, ID, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { FeedbackKindEnum } from "./enums.ts";
import { RelationType } from "./RelationType.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of what a user said of recommendations. */
@ObjectType("Feedback", { simpleResolvers: true, description: "What a user said of recommendations." })
export class FeedbackType {
  @Field(() => ID, { description: "Give it to `removeFeedback`." })
  id: string;

  @Field(() => String, { description: "The tenant's own key of the user." })
  user: string;

  @Field(() => FeedbackKindEnum, { description: "What is wished." })
  kind: string;

  @Field(() => EntityType, { nullable: true, description: "Of which entity; null for all." })
  entity: unknown;

  @Field(() => RelationType, { nullable: true, description: "Of which relation; null for all." })
  relation: unknown;

  @Field(() => Float, { description: "What is left of the evidence, 0 to 1; 0 for EXCLUDE." })
  factor: number;

  @Field(() => DateTime, { description: "When it was said." })
  at: Date;
}
