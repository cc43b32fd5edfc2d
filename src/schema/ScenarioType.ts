import { Field, Int, ObjectType } from "type-graphql";
import { DateTime, JSONObject } from "./scalars.ts";

/** GraphQL shape of one version of a scenario. */
@ObjectType("Scenario", {
  simpleResolvers: true,
  description:
    "A named way to recommend, in one of its versions. Nothing is overwritten: every change is a version.",
})
export class ScenarioType {
  @Field(() => String, { description: "Its key; give it as `scenario`." })
  key: string;

  @Field(() => Int, { description: "From 1 on." })
  version: number;

  @Field(() => JSONObject, {
    nullable: true,
    description: "What it says, as it was given; null where this version deleted it.",
  })
  definition: unknown;

  @Field(() => String, { description: "Who wrote the version." })
  actor: string;

  @Field(() => String, { nullable: true, description: "Why, as the actor put it." })
  reason: string | null;

  @Field(() => DateTime, { description: "When." })
  at: Date;

  @Field(() => [ScenarioType], { description: "All versions, the newest first." })
  versions: unknown[];
}
