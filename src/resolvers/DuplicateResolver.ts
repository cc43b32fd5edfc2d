import { Arg, Args, Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import { DuplicateConnectionType } from "../schema/connections.ts";
import { DuplicateType } from "../schema/DuplicateType.ts";
import { RefuseDuplicateInput } from "../schema/inputs/RefuseDuplicateInput.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { RefuseDuplicatePayload } from "../schema/payloads/RefuseDuplicatePayload.ts";
import type { DuplicatePair } from "../text/types.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";

/** Suggestions of what to merge, for curators. */
@Resolver(() => DuplicateType)
export class DuplicateResolver {
  @Needs("graph:write")
  @Query(() => DuplicateConnectionType, {
    description:
      "Entities that may be one and the same, likeliest first; pairs that were refused are left out.",
  })
  async duplicates(
    @Args(() => ForwardArgs) { first, after }: ForwardArgs,
    @Arg("minScore", () => Float, { nullable: true, defaultValue: 0.5, description: "Least score, 0 to 1." })
    minScore: number | null,
    @Ctx() { duplicates }: Context,
  ) {
    const least = boundedCount(minScore, { name: "minScore", fallback: 0.5, most: 1 });
    const page = { first: boundedCount(first, { fallback: 20, most: MAX_PAGE }), after };
    return connectionOf(await duplicates.find(least, page));
  }

  @Needs("graph:write")
  @Mutation(() => RefuseDuplicatePayload, {
    description: "Says that two entities are not the same: they are not suggested again.",
  })
  refuseDuplicate(
    @Arg("input", () => RefuseDuplicateInput, { description: "The pair." }) input: RefuseDuplicateInput,
    @Ctx() { viewer, duplicates }: Context,
  ) {
    const { entity, other, reason, dryRun } = input;
    return duplicates.refuse({ entity, other }, { actor: viewer.name, reason, dryRun });
  }

  @FieldResolver()
  entity(@Root() { entity }: DuplicatePair, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(entity.id);
  }

  @FieldResolver()
  other(@Root() { other }: DuplicatePair, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(other.id);
  }
}
