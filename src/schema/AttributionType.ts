import { Field, Int, ObjectType } from "type-graphql";
import { ModelType } from "./ModelType.ts";

/** GraphQL shape of what came of recommendations. */
@ObjectType("Attribution", {
  simpleResolvers: true,
  description:
    "What came of the answers of one model and scenario: interactions that were recorded with their ids.",
})
export class AttributionType {
  @Field(() => ModelType, { nullable: true, description: "The model that answered; null where it is gone." })
  model: unknown;

  @Field(() => String, { nullable: true, description: "Key of the scenario; null for none." })
  scenario: string | null;

  @Field(() => Int, { nullable: true, description: "Version of the scenario." })
  scenarioVersion: number | null;

  @Field(() => String, { description: "What was done, such as view or purchase." })
  kind: string;

  @Field(() => Int, { description: "How often." })
  interactions: number;

  @Field(() => Int, { description: "From how many answers." })
  answers: number;

  @Field(() => Int, { description: "By how many users." })
  users: number;
}
