import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, Relation, Triple } from "../kg/types.ts";
import type { PathStep } from "../ranker/types.ts";
import { PathStepType } from "../schema/PathStepType.ts";

/** Fields of a step that the graph knows. */
@Resolver(() => PathStepType)
export class PathStepResolver {
  @FieldResolver()
  from(@Root() { from }: PathStep, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(from);
  }

  @FieldResolver()
  to(@Root() { to }: PathStep, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(to);
  }

  @FieldResolver()
  relation(@Root() { relationId }: PathStep, @Ctx() { relations }: Context): Promise<Relation | null> | null {
    return relationId === null ? null : relations.load(relationId);
  }

  @FieldResolver()
  triple(@Root() { tripleId }: PathStep, @Ctx() { triples }: Context): Promise<Triple | null> | null {
    return tripleId === null ? null : triples.load(tripleId);
  }
}
