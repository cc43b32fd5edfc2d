import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context, Viewer } from "../context.ts";
import { ChangeConnectionType, ModelConnectionType, ProposalConnectionType } from "../schema/connections.ts";
import { type ProposalStatus, ProposalStatusEnum } from "../schema/enums.ts";
import { ChangeFilterInput } from "../schema/inputs/ChangeFilterInput.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { ViewerType } from "../schema/ViewerType.ts";
import { assertRole } from "./assertRole.ts";
import { connectionOf } from "./connectionOf.ts";

const NO_PROPOSALS = { edges: [], hasNextPage: false, hasPreviousPage: false } as const;

/** Root fields for curating and operating. */
@Resolver()
export class OperateResolver {
  @Query(() => ViewerType, { description: "Whoever sends the request." })
  viewer(@Ctx() { viewer }: Context): Viewer {
    return viewer;
  }

  @Query(() => ProposalConnectionType, {
    description: "Proposed triples. Needs the role CURATOR. Empty so far: nothing can be proposed yet.",
  })
  proposals(
    @Arg("status", () => ProposalStatusEnum, {
      nullable: true,
      defaultValue: ProposalStatusEnum.PENDING,
      description: "Where they stand.",
    })
    _status: ProposalStatus | null,
    @Args(() => ForwardArgs) _page: ForwardArgs,
    @Ctx() { viewer }: Context,
  ) {
    assertRole(viewer, "CURATOR", "proposals");
    return connectionOf(NO_PROPOSALS);
  }

  @Query(() => ChangeConnectionType, { description: "Changes of the graph, newest first." })
  async changes(
    @Arg("filter", () => ChangeFilterInput, { nullable: true, description: "Which ones." })
    filter: ChangeFilterInput | null | undefined,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { knowledge }: Context,
  ) {
    return connectionOf(await knowledge.findChanges(filter ?? {}, page));
  }

  @Query(() => ModelConnectionType, { description: "Fitted models, newest first." })
  async models(@Args(() => ForwardArgs) page: ForwardArgs, @Ctx() { models }: Context) {
    return connectionOf(await models.findModels(page));
  }
}
