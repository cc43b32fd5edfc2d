import { Field, Float, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { RelationType } from "./RelationType.ts";

/** GraphQL shape of a predicted triple. */
@ObjectType("LikelyTriple", {
  simpleResolvers: true,
  description: "A triple that the graph does not have, and that its other triples make likely.",
})
export class LikelyTripleType {
  @Field(() => EntityType, { description: "What it would be about." })
  head: unknown;

  @Field(() => RelationType, { description: "What it would say." })
  relation: unknown;

  @Field(() => EntityType, { description: "The other end." })
  tail: unknown;

  @Field(() => Float, {
    description:
      "0 to 1: how often such a prediction proved true of triples that were held out of the training for this. A fact that the graph never had counts as untrue there, so it errs on the low side.",
  })
  score: number;

  @Field(() => String, { description: "The embedding model that predicts it." })
  model: string;
}
