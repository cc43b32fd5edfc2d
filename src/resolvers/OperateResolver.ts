import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context, Viewer } from "../context.ts";
import { ChangeConnectionType, ModelConnectionType } from "../schema/connections.ts";
import { ChangeFilterInput } from "../schema/inputs/ChangeFilterInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { ViewerType } from "../schema/ViewerType.ts";
import { connectionOf } from "./connectionOf.ts";

/** Root fields for curating and operating. */
@Resolver()
export class OperateResolver {
  @Needs([], { told: "Needs no scope." })
  @Query(() => ViewerType, { description: "Whoever sends the request." })
  viewer(@Ctx() { viewer }: Context): Viewer {
    return viewer;
  }

  @Needs("graph:read")
  @Query(() => ChangeConnectionType, { description: "Changes of the graph, newest first." })
  async changes(
    @Arg("filter", () => ChangeFilterInput, { nullable: true, description: "Which ones." })
    filter: ChangeFilterInput | null | undefined,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { knowledge }: Context,
  ) {
    return connectionOf(await knowledge.findChanges(filter ?? {}, page));
  }

  @Needs("recommend:read")
  @Query(() => ModelConnectionType, { description: "Fitted models, newest first." })
  async models(@Args(() => ForwardArgs) page: ForwardArgs, @Ctx() { models }: Context) {
    return connectionOf(await models.findModels(page));
  }
}
