import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { Comparison, Explanation } from "../recommend/types.ts";
import { ComparisonType } from "../schema/ComparisonType.ts";
import { ExplanationType } from "../schema/ExplanationType.ts";
import { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { RecommendationOptionsInput } from "../schema/inputs/RecommendationOptionsInput.ts";
import { Needs, userOf } from "../schema/Needs.ts";
import { requireEntityBy } from "./findEntityBy.ts";
import { optionsOf } from "./optionsOf.ts";

const ofUser = { description: "The tenant's own key of the user." } as const;

/** Root fields that explain. */
@Resolver()
export class ExplainResolver {
  @Needs("recommend:read", { users: userOf })
  @Query(() => ExplanationType, { description: "Why this item for this user, whatever its rank." })
  async explanation(
    @Arg("user", () => String, ofUser) user: string,
    @Arg("item", () => EntityByInput, { description: "The item." }) item: EntityByInput,
    @Arg("scenario", () => String, { nullable: true, description: "In the list of this scenario." })
    scenario: string | null | undefined,
    @Arg("session", () => [String], { nullable: true, description: "In the list of this session." })
    session: string[] | null | undefined,
    @Arg("options", () => RecommendationOptionsInput, { nullable: true, description: "In a list made so." })
    options: RecommendationOptionsInput | null | undefined,
    @Ctx() context: Context,
  ): Promise<Explanation> {
    const request = { user, scenario, session, ...optionsOf(options) };
    return context.recommender.explain(request, (await requireEntityBy(item, context)).id);
  }

  @Needs("recommend:read", { users: userOf })
  @Query(() => ComparisonType, { description: "Why this item comes before that one, or after it." })
  async comparison(
    @Arg("user", () => String, ofUser) user: string,
    @Arg("item", () => EntityByInput, { description: "This item." }) item: EntityByInput,
    @Arg("over", () => EntityByInput, { description: "That item." }) over: EntityByInput,
    @Ctx() context: Context,
  ): Promise<Comparison> {
    const [{ id }, { id: overId }] = await Promise.all([
      requireEntityBy(item, context),
      requireEntityBy(over, context),
    ]);
    return context.recommender.compare({ user }, id, overId);
  }
}
