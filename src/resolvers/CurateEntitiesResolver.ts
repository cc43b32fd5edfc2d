import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { CreateEntityInput } from "../schema/inputs/CreateEntityInput.ts";
import { DeleteEntityInput } from "../schema/inputs/DeleteEntityInput.ts";
import { MergeEntitiesInput } from "../schema/inputs/MergeEntitiesInput.ts";
import { UpdateEntityInput } from "../schema/inputs/UpdateEntityInput.ts";
import { Needs } from "../schema/Needs.ts";
import { EntityPayload } from "../schema/payloads/EntityPayload.ts";
import { entityBy } from "./entityBy.ts";
import { splitEdit } from "./splitEdit.ts";

/** Mutations that edit entities. */
@Resolver()
export class CurateEntitiesResolver {
  @Needs("graph:write")
  @Mutation(() => EntityPayload, { description: "Adds an entity." })
  async createEntity(
    @Arg("input", () => CreateEntityInput, { description: "The entity." }) input: CreateEntityInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [entity, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.createEntity(entity, options);
    clear();
    return { ...result, entity: value };
  }

  @Needs("graph:write")
  @Mutation(() => EntityPayload, { description: "Alters an entity." })
  async updateEntity(
    @Arg("input", () => UpdateEntityInput, { description: "What shall differ." }) input: UpdateEntityInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ by, expectedRevision, ...patch }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.updateEntity(entityBy(by), patch, {
      ...options,
      expectedRevision,
    });
    clear();
    return { ...result, entity: value };
  }

  @Needs("graph:write")
  @Mutation(() => EntityPayload, {
    description: "Deletes an entity; the change log keeps it.",
  })
  async deleteEntity(
    @Arg("input", () => DeleteEntityInput, { description: "The entity." }) input: DeleteEntityInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ by, ...more }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.deleteEntity(entityBy(by), { ...options, ...more });
    clear();
    return { ...result, entity: value };
  }

  @Needs("graph:write")
  @Mutation(() => EntityPayload, {
    description:
      "Makes several entities one: keys, ids, aliases, triples and interactions lead to the survivor.",
  })
  async mergeEntities(
    @Arg("input", () => MergeEntitiesInput, { description: "The entities." }) input: MergeEntitiesInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ into, from, expectedRevision }, options] = splitEdit(input, viewer);
    const merge = { into: entityBy(into), from: from.map(entityBy) };
    const { value, ...result } = await curation.mergeEntities(merge, { ...options, expectedRevision });
    clear();
    return { ...result, entity: value?.entity, merge: value };
  }
}
