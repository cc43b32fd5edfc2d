import { Field, Int, ObjectType } from "type-graphql";
import { ModelType } from "./ModelType.ts";
import { makeEdge } from "./makeConnection.ts";
import { PageInfoType } from "./PageInfoType.ts";
import { RecommendationType } from "./RecommendationType.ts";

const RecommendationEdgeType = makeEdge("Recommendation", () => RecommendationType);

/** GraphQL shape of the scenario behind a page. */
@ObjectType("AppliedScenario", { simpleResolvers: true, description: "The scenario behind a page." })
export class AppliedScenarioType {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => Int, { description: "Its version." })
  version: number;
}

/** GraphQL shape of a page of recommendations. */
@ObjectType("RecommendationConnection", {
  simpleResolvers: true,
  description: "One page of recommendations, best first.",
})
export class RecommendationConnectionType {
  @Field(() => [RecommendationEdgeType], { description: "The page, with cursors." })
  edges: unknown[];

  @Field(() => [RecommendationType], { description: "The page, without cursors." })
  nodes: unknown[];

  @Field(() => PageInfoType, { description: "Where the page stands in its list." })
  pageInfo: PageInfoType;

  @Field(() => ModelType, { description: "The model that ranked." })
  model: unknown;

  @Field(() => String, { description: "Revision of the graph that was read." })
  graphRevision: string;

  @Field(() => String, {
    description: "Names this answer; give it to `recordInteractions` with what came of it.",
  })
  recommendationId: string;

  @Field(() => AppliedScenarioType, { nullable: true, description: "The scenario that was asked for." })
  scenario: AppliedScenarioType | null;

  @Field(() => String, {
    nullable: true,
    description:
      "What the answer was made from; give it as `moment` to have it again. Null for what cannot be made again.",
  })
  moment: string | null;
}
