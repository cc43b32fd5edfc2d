import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Attribution } from "../kg/types.ts";
import { AttributionType } from "../schema/AttributionType.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import { Needs } from "../schema/Needs.ts";
import { Duration } from "../schema/scalars.ts";

/** What came of recommendations. */
@Resolver(() => AttributionType)
export class AttributionResolver {
  @Needs("graph:write", { users: () => "all" })
  @Query(() => [AttributionType], {
    description: "What came of the answers given in the window, by model, scenario and kind; most first.",
  })
  attributions(
    @Arg("window", () => Duration, {
      nullable: true,
      defaultValue: "P30D",
      description: "How far to look back.",
    })
    window: string | null,
    @Ctx() { knowledge }: Context,
  ): Promise<readonly Attribution[]> {
    return knowledge.countAttributions(durationSeconds(window ?? "P30D"));
  }

  @FieldResolver()
  model(@Root() { modelId }: Attribution, @Ctx() { modelRecords }: Context) {
    return modelRecords.load(modelId);
  }
}
