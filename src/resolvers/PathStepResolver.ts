import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, Relation, Triple } from "../kg/types.ts";
import type { PathStep } from "../ranker/types.ts";
import { PathStepType } from "../schema/PathStepType.ts";
import { entityNamed, relationNamed } from "./named.ts";

/** Fields of a step that the graph knows. */
@Resolver(() => PathStepType)
export class PathStepResolver {
  @FieldResolver()
  from(@Root() { from }: PathStep, @Ctx() context: Context): Entity | null | Promise<Entity | null> {
    return entityNamed(from, context);
  }

  @FieldResolver()
  to(@Root() { to }: PathStep, @Ctx() context: Context): Entity | null | Promise<Entity | null> {
    return entityNamed(to, context);
  }

  @FieldResolver()
  relation(
    @Root() { relationId }: PathStep,
    @Ctx() context: Context,
  ): Relation | null | Promise<Relation | null> {
    return relationId === null ? null : relationNamed(relationId, context);
  }

  @FieldResolver()
  triple(@Root() { tripleId }: PathStep, @Ctx() { triples }: Context): Promise<Triple | null> | null {
    return tripleId === null ? null : triples.load(tripleId);
  }
}
