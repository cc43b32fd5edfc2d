import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Relation, Shape, ShapeDefinition } from "../kg/types.ts";
import { ShapeConnectionType } from "../schema/connections.ts";
import { DefineShapeInput } from "../schema/inputs/DefineShapeInput.ts";
import { DeleteShapeInput } from "../schema/inputs/DeleteShapeInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { ShapePayload } from "../schema/payloads/ShapePayload.ts";
import { ShapeType } from "../schema/ShapeType.ts";
import { connectionOf } from "./connectionOf.ts";
import { splitEdit } from "./splitEdit.ts";

/** Shapes: what entities must be like. */
@Resolver(() => ShapeType)
export class ShapeResolver {
  @Needs("graph:read")
  @Query(() => ShapeConnectionType, { description: "What entities must be like, by key." })
  async shapes(@Args(() => ForwardArgs) page: ForwardArgs, @Ctx() { knowledge }: Context) {
    return connectionOf(await knowledge.findShapes(page));
  }

  @Needs("graph:write")
  @Mutation(() => ShapePayload, {
    description: "Defines a shape, which is checked on writing from now on.",
  })
  async defineShape(
    @Arg("input", () => DefineShapeInput, { description: "The shape." }) input: DefineShapeInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ expectedRevision, direction, ...rules }, options] = splitEdit(input, viewer);
    if (direction === "BOTH")
      throw new DomainError("BAD_USER_INPUT", "direction is BOTH; expected OUT or IN");
    const definition: ShapeDefinition = { ...rules, direction };
    const { value, ...result } = await curation.defineShape(definition, { ...options, expectedRevision });
    clear();
    return { ...result, shape: value };
  }

  @Needs("graph:write")
  @Mutation(() => ShapePayload, { description: "Deletes a shape." })
  async deleteShape(
    @Arg("input", () => DeleteShapeInput, { description: "The shape." }) input: DeleteShapeInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ key, expectedRevision }, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.deleteShape(key, { ...options, expectedRevision });
    clear();
    return { ...result, shape: value };
  }

  @FieldResolver()
  relation(@Root() { relationId }: Shape, @Ctx() { relations }: Context): Promise<Relation | null> | null {
    return relationId === null ? null : relations.load(relationId);
  }

  @FieldResolver()
  inverse(@Root() { inverseId }: Shape, @Ctx() { relations }: Context): Promise<Relation | null> | null {
    return inverseId === null ? null : relations.load(inverseId);
  }
}
