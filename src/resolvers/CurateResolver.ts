import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { AddTripleInput } from "../schema/inputs/AddTripleInput.ts";
import { CreateEntityInput } from "../schema/inputs/CreateEntityInput.ts";
import { RetractTripleInput } from "../schema/inputs/RetractTripleInput.ts";
import { EntityPayload } from "../schema/payloads/EntityPayload.ts";
import { TriplePayload } from "../schema/payloads/TriplePayload.ts";
import { assertRole } from "./assertRole.ts";
import { newTriple } from "./newTriple.ts";
import { splitEdit } from "./splitEdit.ts";

/** Mutations that edit the graph. */
@Resolver()
export class CurateResolver {
  @Mutation(() => EntityPayload, { description: "Adds an entity. Needs the role CURATOR." })
  async createEntity(
    @Arg("input", () => CreateEntityInput, { description: "The entity." }) input: CreateEntityInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    assertRole(viewer, "CURATOR", "createEntity");
    const [entity, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.createEntity(entity, options);
    clear();
    return { ...result, entity: value };
  }

  @Mutation(() => TriplePayload, { description: "Adds a triple. Needs the role CURATOR." })
  async addTriple(
    @Arg("input", () => AddTripleInput, { description: "The triple." }) input: AddTripleInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    assertRole(viewer, "CURATOR", "addTriple");
    const [triple, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.addTriple(newTriple(triple), options);
    clear();
    return { ...result, triple: value };
  }

  @Mutation(() => TriplePayload, {
    description: "Takes a triple back; the change log keeps it. Needs the role CURATOR.",
  })
  async retractTriple(
    @Arg("input", () => RetractTripleInput, { description: "The triple." }) input: RetractTripleInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    assertRole(viewer, "CURATOR", "retractTriple");
    const [{ id, expectedRevision }, options] = splitEdit(input, viewer);
    const triple = parseGlobalId(id, "Triple").id;
    const { value, ...result } = await curation.retractTriple(triple, { ...options, expectedRevision });
    clear();
    return { ...result, triple: value };
  }
}
