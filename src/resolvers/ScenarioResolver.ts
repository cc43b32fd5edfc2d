import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { EditOptions, ScenarioVersion } from "../kg/types.ts";
import type { Scenario } from "../recommend/types.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import { DefineScenarioInput } from "../schema/inputs/DefineScenarioInput.ts";
import { DeleteScenarioInput } from "../schema/inputs/DeleteScenarioInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ScenarioPayload } from "../schema/payloads/ScenarioPayload.ts";
import { ScenarioType } from "../schema/ScenarioType.ts";
import { splitEdit } from "./splitEdit.ts";

const MOST_NEWEST = 100;

/** Named ways to recommend. */
@Resolver(() => ScenarioType)
export class ScenarioResolver {
  @Needs("recommend:read")
  @Query(() => [ScenarioType], { description: "The scenarios that stand, by key." })
  scenarios(@Ctx() { scenarios }: Context): Promise<readonly ScenarioVersion[]> {
    return scenarios.findAll();
  }

  @Needs("recommend:read")
  @Query(() => ScenarioType, { nullable: true, description: "A version of a scenario; null where unknown." })
  scenario(
    @Arg("key", () => String, { description: "Its key." }) key: string,
    @Arg("version", () => Int, { nullable: true, description: "The newest where left out." })
    version: number | null | undefined,
    @Ctx() { scenarios }: Context,
  ): Promise<ScenarioVersion | null> {
    return scenarios.find(key, version ?? null);
  }

  @Needs("graph:write")
  @Mutation(() => ScenarioPayload, {
    description:
      "Defines a scenario as a whole, which is a new version of it. The next request that names it has it.",
  })
  async defineScenario(
    @Arg("input", () => DefineScenarioInput, { description: "The scenario." }) input: DefineScenarioInput,
    @Ctx() context: Context,
  ) {
    const [{ key, expectedVersion, trendingWindow, ...said }, options] = splitEdit(input, context.viewer);
    const trendingSeconds = trendingWindow == null ? null : durationSeconds(trendingWindow);
    const scenario = plain({ ...said, trendingSeconds });
    const { newest } = scenario;
    if (newest !== undefined && newest !== null && !(newest >= 1 && newest <= MOST_NEWEST)) {
      throw new DomainError("BAD_USER_INPUT", `newest is ${newest}; expected 1 to ${MOST_NEWEST}`);
    }
    await context.recommender.check(scenario);
    return writeScenario(
      context,
      { key, definition: { ...scenario } },
      { ...options, expectedRevision: expectedVersion },
    );
  }

  @Needs("graph:write")
  @Mutation(() => ScenarioPayload, { description: "Deletes a scenario; its versions stay." })
  deleteScenario(
    @Arg("input", () => DeleteScenarioInput, { description: "The scenario." }) input: DeleteScenarioInput,
    @Ctx() context: Context,
  ) {
    const [{ key, expectedVersion }, options] = splitEdit(input, context.viewer);
    return writeScenario(
      context,
      { key, definition: null },
      { ...options, expectedRevision: expectedVersion },
    );
  }

  @FieldResolver()
  versions(
    @Root() { key }: ScenarioVersion,
    @Ctx() { scenarios }: Context,
  ): Promise<readonly ScenarioVersion[]> {
    return scenarios.findVersions(key);
  }
}

async function writeScenario(
  { scenarios }: Context,
  scenario: Parameters<Context["scenarios"]["write"]>[0],
  options: EditOptions,
) {
  const { value, problems, graphRevision } = await scenarios.write(scenario, options);
  return { scenario: value, problems, graphRevision };
}

/** As it is stored: what was left out is absent. */
function plain(scenario: Scenario): Scenario {
  return JSON.parse(JSON.stringify(scenario, (_, value) => value ?? undefined));
}
