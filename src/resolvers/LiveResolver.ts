import { Arg, Ctx, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { Context } from "../context.ts";
import type { Change, Job } from "../kg/types.ts";
import type { RecommendationPage } from "../recommend/types.ts";
import { ChangeType } from "../schema/ChangeType.ts";
import { JobType } from "../schema/JobType.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs, userOf } from "../schema/Needs.ts";
import { RecommendationConnectionType } from "../schema/RecommendationConnectionType.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";
import { subscribeToGraph, subscribeToJob, subscribeToRecommendations } from "./subscribe.ts";

/** Subscriptions. */
@Resolver()
export class LiveResolver {
  @Needs("graph:read")
  @Subscription(() => ChangeType, {
    description: "Each change of the graph from now on, once this server answers from it.",
    subscribe: ({ args, context }) => subscribeToGraph(args.entity ?? null, context as Context),
  })
  graphChanged(
    @Root() change: Change,
    @Arg("entity", () => String, {
      nullable: true,
      description: "Key of an entity: only what touches it or its triples.",
    })
    _entity: string | null | undefined,
    @Ctx() { clear }: Context,
  ): Change {
    clear();
    return change;
  }

  @Needs("recommend:read", { users: userOf })
  @Subscription(() => RecommendationConnectionType, {
    description:
      "A user's recommendations at once, and again whenever an edit, an interaction or another model changes them.",
    subscribe: ({ args, context }) =>
      subscribeToRecommendations(
        { user: args.user, first: boundedCount(args.first, { fallback: 10, most: MAX_PAGE }) },
        context as Context,
      ),
  })
  recommendationsChanged(
    @Root() page: RecommendationPage,
    @Arg("user", () => String, { description: "The tenant's own key of the user." }) _user: string,
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." })
    _first: number | null,
    @Ctx() { clear }: Context,
  ) {
    clear();
    return connectionOf(page);
  }

  @Needs(["graph:write", "models:write"])
  @Subscription(() => JobType, {
    description:
      "A job as it goes on: where it stands at once, and whenever that changes, until it has ended. Without `models:write` only one that the viewer started.",
    subscribe: ({ args, context }) => subscribeToJob(args.id, context as Context),
  })
  jobProgress(
    @Root() job: Job,
    @Arg("id", () => ID, { description: "Global id of the job." }) _id: string,
    @Ctx() { clear }: Context,
  ): Job {
    clear();
    return job;
  }
}
