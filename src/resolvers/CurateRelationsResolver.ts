import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { DefineRelationInput } from "../schema/inputs/DefineRelationInput.ts";
import { RelationPayload } from "../schema/payloads/RelationPayload.ts";
import { assertRole } from "./assertRole.ts";
import { splitEdit } from "./splitEdit.ts";

/** Mutations that edit relations. */
@Resolver()
export class CurateRelationsResolver {
  @Mutation(() => RelationPayload, {
    description:
      "Creates a relation or alters it; refused where present triples break its rules. Needs the role CURATOR.",
  })
  async defineRelation(
    @Arg("input", () => DefineRelationInput, { description: "The relation." }) input: DefineRelationInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    assertRole(viewer, "CURATOR", "defineRelation");
    const [{ expectedRevision, ...definition }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.defineRelation(definition, { ...options, expectedRevision });
    clear();
    return { ...result, relation: value };
  }
}
