import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import type { Recommendation } from "../recommend/types.ts";
import { RecommendationType } from "../schema/RecommendationType.ts";

/** Fields of a recommendation that are not numbers. */
@Resolver(() => RecommendationType)
export class RecommendationResolver {
  @FieldResolver()
  item(@Root() { item }: Recommendation, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(item); // one statement for all items of the response
  }
}
