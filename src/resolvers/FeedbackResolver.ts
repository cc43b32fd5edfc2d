import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Entity, Feedback, FeedbackResult, Relation } from "../kg/types.ts";
import { FeedbackConnectionType } from "../schema/connections.ts";
import { FeedbackType } from "../schema/FeedbackType.ts";
import { AddFeedbackInput } from "../schema/inputs/AddFeedbackInput.ts";
import { Needs, userOf } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { FeedbackPayload } from "../schema/payloads/FeedbackPayload.ts";
import { connectionOf } from "./connectionOf.ts";

const ofUser = { description: "The tenant's own key of the user." } as const;
const inputUser = ({ input }: { readonly input: AddFeedbackInput }) => [input.user];

/** What users say of their recommendations. */
@Resolver(() => FeedbackType)
export class FeedbackResolver {
  @Needs("interactions:write", { users: inputUser })
  @Mutation(() => FeedbackPayload, {
    description:
      "Keeps an item, or what an entity is linked to, from a user's recommendations (EXCLUDE), or damps the evidence that leads through an entity or a relation (LESS). The next recommendation knows of it.",
  })
  addFeedback(
    @Arg("input", () => AddFeedbackInput, { description: "What the user says." }) input: AddFeedbackInput,
    @Ctx() { feedback }: Context,
  ): Promise<FeedbackResult> {
    const { dryRun, ...said } = input;
    return feedback.add(said, { dryRun });
  }

  @Needs("interactions:write", { users: userOf })
  @Mutation(() => FeedbackPayload, { description: "Takes back what a user said." })
  removeFeedback(
    @Arg("user", () => String, ofUser) user: string,
    @Arg("id", () => ID, { description: "Id of the feedback." }) id: string,
    @Ctx() { feedback }: Context,
  ): Promise<FeedbackResult> {
    if (!/^\d{1,18}$/.test(id)) {
      throw new DomainError("BAD_USER_INPUT", `id is "${id}"; expected the id of a feedback`);
    }
    return feedback.remove(user, id);
  }

  @Needs("recommend:read", { users: userOf })
  @Query(() => FeedbackConnectionType, { description: "What stands of a user's feedback, oldest first." })
  async feedback(
    @Arg("user", () => String, ofUser) user: string,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { feedback }: Context,
  ) {
    return connectionOf(await feedback.find(user, page));
  }

  @FieldResolver()
  entity(@Root() { entity }: Feedback, @Ctx() { entities }: Context): Promise<Entity | null> | null {
    return entity === null ? null : entities.load(entity);
  }

  @FieldResolver()
  relation(@Root() { relation }: Feedback, @Ctx() { relations }: Context): Promise<Relation | null> | null {
    return relation === null ? null : relations.load(relation);
  }
}
