import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { PreviewImpactInput } from "../schema/inputs/PreviewImpactInput.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import { ImpactPayload } from "../schema/payloads/ImpactPayload.ts";
import { assertUserCount } from "./assertUserCount.ts";
import { boundedCount } from "./boundedCount.ts";
import { primeImpact } from "./primeImpact.ts";
import { sumImpacts } from "./sumImpacts.ts";
import { tryEdit } from "./tryEdit.ts";

/** Without users, some are sampled of all. */
const usersOf = ({ input }: { readonly input: PreviewImpactInput }) => input.users ?? "all";

/** What an edit would do, before it is made. */
@Resolver()
export class ImpactResolver {
  @Needs("graph:write", { users: usersOf })
  @Mutation(() => ImpactPayload, {
    description:
      "Says which recommendations an edit would alter, and why; the edit is written, measured and rolled back.",
  })
  async previewImpact(
    @Arg("input", () => PreviewImpactInput, { description: "The edit, and whom to measure it on." })
    { change, users, sample, seed, first }: PreviewImpactInput,
    @Ctx() context: Context,
  ) {
    assertUserCount(users?.length ?? 0);
    const result = await context.previewImpact({
      edit: tryEdit(change, context.viewer),
      users: users && [...new Set(users)],
      sample: boundedCount(sample, { name: "sample", fallback: 20, most: MAX_PAGE }),
      seed: seed ?? 1,
      first: boundedCount(first, { fallback: 10, most: MAX_PAGE }),
    });
    primeImpact(result.rows, context);
    return { ...result, totals: sumImpacts(result.users) };
  }
}
