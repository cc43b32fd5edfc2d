import { Field, Float, ObjectType } from "type-graphql";
import { ExplanationType } from "./ExplanationType.ts";

/** GraphQL shape of a user who would like an item. */
@ObjectType("UserMatch", {
  simpleResolvers: true,
  description: "A user who would like an item, with the reasons.",
})
export class UserMatchType {
  @Field(() => String, { description: "The tenant's own key of the user." })
  user: string;

  @Field(() => Float, { description: "As the user's own list scores the item." })
  score: number;

  @Field(() => ExplanationType, { description: "Why; its rank is null, because no list was made." })
  explanation: unknown;
}
