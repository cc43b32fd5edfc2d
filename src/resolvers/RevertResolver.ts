import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { RevertChangeInput } from "../schema/inputs/RevertChangeInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ChangePayload } from "../schema/payloads/ChangePayload.ts";
import { splitEdit } from "./splitEdit.ts";

/** The mutation that undoes others. */
@Resolver()
export class RevertResolver {
  @Needs("graph:write")
  @Mutation(() => ChangePayload, {
    description:
      "Undoes any change, a merge, an import and a revert too, as a change of its own. " +
      "Where later edits stand in the way it lists them as problems and does nothing.",
  })
  async revertChange(
    @Arg("input", () => RevertChangeInput, { description: "The change." }) input: RevertChangeInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ id }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.revertChange(parseGlobalId(id, "Change").id, options);
    clear();
    return { ...result, reverted: value };
  }
}
