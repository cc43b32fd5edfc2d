import { Field, Float, ObjectType } from "type-graphql";
import { WhyNotReasonEnum } from "./enums.ts";

/** GraphQL shape of the reason why an item is not recommended. */
@ObjectType("WhyNot", { simpleResolvers: true, description: "Why an item would not be recommended now." })
export class WhyNotType {
  @Field(() => WhyNotReasonEnum, { description: "The reason." })
  reason: string;

  @Field(() => String, { description: "The reason in words." })
  detail: string;

  @Field(() => Float, {
    nullable: true,
    description: "What is missing to the top 10, where the reason is OUTRANKED.",
  })
  scoreGap: number | null;
}
