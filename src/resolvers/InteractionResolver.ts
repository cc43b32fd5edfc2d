import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { InteractionsResult } from "../kg/types.ts";
import { RecordInteractionsInput } from "../schema/inputs/RecordInteractionsInput.ts";
import { Needs, userOf } from "../schema/Needs.ts";
import { ForgetUserPayload } from "../schema/payloads/ForgetUserPayload.ts";
import { RecordInteractionsPayload } from "../schema/payloads/RecordInteractionsPayload.ts";
import { assertInteractionCount } from "./assertInteractionCount.ts";

const usersOf = ({ input }: { readonly input: RecordInteractionsInput }) =>
  input.interactions.map(({ user }) => user);

/** Mutations about what users did. */
@Resolver()
export class InteractionResolver {
  @Needs("interactions:write", {
    users: usersOf,
  })
  @Mutation(() => RecordInteractionsPayload, {
    description: "Records what users did; a row that is there already counts once.",
  })
  async recordInteractions(
    @Arg("input", () => RecordInteractionsInput, { description: "What they did." })
    input: RecordInteractionsInput,
    @Ctx() { viewer, curation }: Context,
  ): Promise<InteractionsResult> {
    assertInteractionCount(input.interactions.length);
    const { interactions, dryRun, idempotencyKey } = input;
    return curation.recordInteractions(interactions, { actor: viewer.name, dryRun, idempotencyKey });
  }

  @Needs("users:erase", { users: userOf })
  @Mutation(() => ForgetUserPayload, {
    description: "Erases a user's data. It cannot be undone.",
  })
  async forgetUser(
    @Arg("user", () => String, { description: "The tenant's own key of the user." }) user: string,
    @Ctx() { curation, graphRevision }: Context,
  ) {
    return { forgotten: await curation.forgetUser(user), problems: [], graphRevision: graphRevision() };
  }
}
