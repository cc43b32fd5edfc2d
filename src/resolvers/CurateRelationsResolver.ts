import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { DefineRelationInput } from "../schema/inputs/DefineRelationInput.ts";
import { Needs } from "../schema/Needs.ts";
import { RelationPayload } from "../schema/payloads/RelationPayload.ts";
import { splitEdit } from "./splitEdit.ts";

/** Mutations that edit relations. */
@Resolver()
export class CurateRelationsResolver {
  @Needs("graph:write")
  @Mutation(() => RelationPayload, {
    description: "Creates a relation or alters it; refused where present triples break its rules.",
  })
  async defineRelation(
    @Arg("input", () => DefineRelationInput, { description: "The relation." }) input: DefineRelationInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ expectedRevision, ...definition }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.defineRelation(definition, { ...options, expectedRevision });
    clear();
    return { ...result, relation: value };
  }
}
