import { Arg, Args, Ctx, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { RecommendationPage, RecommendRequest, SimilarItem, UserMatch } from "../recommend/types.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { RecommendationOptionsInput } from "../schema/inputs/RecommendationOptionsInput.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs, userOf } from "../schema/Needs.ts";
import { RecommendationConnectionType } from "../schema/RecommendationConnectionType.ts";
import { SimilarItemType } from "../schema/SimilarItemType.ts";
import { Duration } from "../schema/scalars.ts";
import { TopArgs, TopPageArgs } from "../schema/topArgs.ts";
import { UserMatchType } from "../schema/UserMatchType.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";
import { requireEntityBy } from "./findEntityBy.ts";
import { optionsOf } from "./optionsOf.ts";
import { primeReplay } from "./primeReplay.ts";

const TEN = { fallback: 10, most: MAX_PAGE } as const;

/** Root fields that recommend. */
@Resolver()
export class RecommendResolver {
  @Needs("recommend:read", { users: userOf })
  @Query(() => RecommendationConnectionType, {
    description:
      "Items for a user, for given interests, for a session, or for all of them, best first, each with its evidence. A cursor goes on in the list of its first page, whatever has changed since, without what the user has seen or refused since.",
  })
  async recommendations(
    @Arg("user", () => String, { nullable: true, description: "The tenant's own key of the user." })
    user: string | null | undefined,
    @Arg("interests", () => [String], { nullable: true, description: "Keys of entities to start from." })
    interests: string[] | null | undefined,
    @Args(() => TopPageArgs) { first, after, filter }: TopPageArgs,
    @Arg("options", () => RecommendationOptionsInput, { nullable: true, description: "How." })
    options: RecommendationOptionsInput | null | undefined,
    @Arg("moment", () => String, {
      nullable: true,
      description:
        "`moment` of an earlier answer to the same arguments: answers it again, from the graph, the history and the model that it was made from.",
    })
    moment: string | null | undefined,
    @Arg("scenario", () => String, {
      nullable: true,
      description: "Key of a stored scenario, see `scenarios`.",
    })
    scenario: string | null | undefined,
    @Arg("session", () => [String], {
      nullable: true,
      description: "Keys of the items of this visit or basket, newest last; they are not recommended back.",
    })
    session: string[] | null | undefined,
    @Ctx() context: Context,
  ) {
    const request = {
      ...{ user, interests, session, scenario, after, filter, first: boundedCount(first, TEN) },
      ...optionsOf(options),
    };
    const page =
      moment == null
        ? await context.recommender.recommend(request)
        : await replayPage(context, moment, request);
    if (page.named) primeReplay(page.named, context);
    context.holdsWhile?.(page.makeTest?.() ?? null);
    return connectionOf(page);
  }

  @Needs("recommend:read")
  @Query(() => [SimilarItemType], { description: "Items like this one, best first." })
  async similarItems(
    @Arg("item", () => EntityByInput, { description: "The item." }) item: EntityByInput,
    @Args(() => TopArgs) { first, filter }: TopArgs,
    @Ctx() context: Context,
  ): Promise<readonly SimilarItem[]> {
    const { id } = await requireEntityBy(item, context);
    return context.recommender.similar(id, boundedCount(first, TEN), filter);
  }

  @Needs("graph:write", { users: () => "all" })
  @Query(() => [UserMatchType], {
    description:
      "Users who would like this item and have not had to do with it: of those who lately did most with the items nearest to it, 200 at most are scored.",
  })
  async usersFor(
    @Arg("item", () => EntityByInput, { description: "The item." }) item: EntityByInput,
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." })
    first: number | null,
    @Ctx() context: Context,
  ): Promise<readonly UserMatch[]> {
    const { id } = await requireEntityBy(item, context);
    return context.recommender.usersFor(id, boundedCount(first, TEN));
  }

  @Needs("recommend:read")
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
  @Needs("recommend:read")
  @Query(() => RecommendationConnectionType, {
    description:
      "What everyone chooses more than before: interactions in the window against those in the window before it, the most telling first. The score is (count − c)/√(c + 1), c being the count before.",
  })
  async trendingItems(
    @Args(() => TopPageArgs) { first, after, filter }: TopPageArgs,
    @Arg("window", () => Duration, {
      nullable: true,
      defaultValue: "P7D",
      description: "How long a window is.",
    })
    window: string | null,
    @Ctx() { recommender }: Context,
  ) {
    const windowSeconds = durationSeconds(window ?? "P7D");
    const request = { first: boundedCount(first, TEN), after, filter, windowSeconds };
    return connectionOf(await recommender.trending(request));
  }
}

async function replayPage(
  { replay }: Context,
  moment: string,
  request: RecommendRequest,
): Promise<RecommendationPage> {
  const { page, ...named } = await replay(moment, request);
  return Object.assign(page, { named });
}
