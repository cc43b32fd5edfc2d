import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { RecommendationPage } from "../recommend/types.ts";
import { RecommendationConnectionType } from "../schema/RecommendationConnectionType.ts";

/** Fields of a page of recommendations that are not at hand. */
@Resolver(() => RecommendationConnectionType)
export class RecommendationConnectionResolver {
  @FieldResolver()
  recommendationId(
    @Root() { model, graphRevision, scenario }: RecommendationPage,
    @Ctx() { nameAnswer }: Context,
  ): string {
    return nameAnswer({ model: model.id, revision: graphRevision, scenario: scenario ?? null });
  }
}
