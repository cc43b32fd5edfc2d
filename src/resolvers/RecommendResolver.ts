import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { SimilarItem } from "../recommend/types.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { RecommendationOptionsInput } from "../schema/inputs/RecommendationOptionsInput.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { RecommendationConnectionType } from "../schema/RecommendationConnectionType.ts";
import { SimilarItemType } from "../schema/SimilarItemType.ts";
import { Duration } from "../schema/scalars.ts";
import { TopArgs, TopPageArgs } from "../schema/topArgs.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";
import { requireEntityBy } from "./findEntityBy.ts";

const TEN = { fallback: 10, most: MAX_PAGE } as const;

/** Root fields that recommend. */
@Resolver()
export class RecommendResolver {
  @Query(() => RecommendationConnectionType, {
    description: "Items for a user, or for given interests, or for both, best first, each with its evidence.",
  })
  async recommendations(
    @Arg("user", () => String, { nullable: true, description: "The tenant's own key of the user." })
    user: string | null | undefined,
    @Arg("interests", () => [String], { nullable: true, description: "Keys of entities to start from." })
    interests: string[] | null | undefined,
    @Args(() => TopPageArgs) { first, after, filter }: TopPageArgs,
    @Arg("options", () => RecommendationOptionsInput, { nullable: true, description: "How." })
    options: RecommendationOptionsInput | null | undefined,
    @Ctx() { recommender }: Context,
  ) {
    const { includeInteracted, diversity, minRevision } = options ?? {};
    return connectionOf(
      await recommender.recommend({
        user,
        interests,
        first: boundedCount(first, TEN),
        after,
        filter,
        includeInteracted: includeInteracted ?? false,
        diversity: diversity ?? 0,
        minRevision,
      }),
    );
  }

  @Query(() => [SimilarItemType], { description: "Items like this one, best first." })
  async similarItems(
    @Arg("item", () => EntityByInput, { description: "The item." }) item: EntityByInput,
    @Args(() => TopArgs) { first, filter }: TopArgs,
    @Ctx() context: Context,
  ): Promise<readonly SimilarItem[]> {
    const { id } = await requireEntityBy(item, context);
    return context.recommender.similar(id, boundedCount(first, TEN), filter);
  }

  @Query(() => RecommendationConnectionType, { description: "What everyone chooses, most first." })
  async popularItems(
    @Args(() => TopPageArgs) { first, after, filter }: TopPageArgs,
    @Arg("window", () => Duration, {
      nullable: true,
      description: "How far to look back; all time where left out.",
    })
    window: string | null | undefined,
    @Ctx() { recommender }: Context,
  ) {
    const windowSeconds = window == null ? null : durationSeconds(window);
    return connectionOf(
      await recommender.popular({ first: boundedCount(first, TEN), after, filter, windowSeconds }),
    );
  }
}
