import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { InteractionsResult } from "../kg/types.ts";
import { RecordInteractionsInput } from "../schema/inputs/RecordInteractionsInput.ts";
import { ForgetUserPayload } from "../schema/payloads/ForgetUserPayload.ts";
import { RecordInteractionsPayload } from "../schema/payloads/RecordInteractionsPayload.ts";
import { assertInteractionCount } from "./assertInteractionCount.ts";
import { assertRole } from "./assertRole.ts";

/** Mutations about what users did. */
@Resolver()
export class InteractionResolver {
  @Mutation(() => RecordInteractionsPayload, {
    description: "Records what users did; a row that is there already counts once. Needs a key of any role.",
  })
  async recordInteractions(
    @Arg("input", () => RecordInteractionsInput, { description: "What they did." })
    input: RecordInteractionsInput,
    @Ctx() { viewer, curation }: Context,
  ): Promise<InteractionsResult> {
    assertRole(viewer, "VIEWER", "recordInteractions");
    assertInteractionCount(input.interactions.length);
    const { interactions, dryRun, idempotencyKey } = input;
    return curation.recordInteractions(interactions, { actor: viewer.name, dryRun, idempotencyKey });
  }

  @Mutation(() => ForgetUserPayload, {
    description: "Erases a user's data. It cannot be undone. Needs the role ADMIN.",
  })
  async forgetUser(
    @Arg("user", () => String, { description: "The tenant's own key of the user." }) user: string,
    @Ctx() { viewer, curation, graphRevision }: Context,
  ) {
    assertRole(viewer, "ADMIN", "forgetUser");
    return { forgotten: await curation.forgetUser(user), problems: [], graphRevision: graphRevision() };
  }
}
