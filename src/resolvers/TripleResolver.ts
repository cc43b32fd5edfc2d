import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, Relation, Triple } from "../kg/types.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { TripleType } from "../schema/TripleType.ts";
import { connectionOf } from "./connectionOf.ts";

/** Fields of a triple that need more than its row. */
@Resolver(() => TripleType)
export class TripleResolver {
  @FieldResolver()
  head(@Root() { headId }: Triple, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(headId);
  }

  @FieldResolver()
  relation(@Root() { relationId }: Triple, @Ctx() { relations }: Context): Promise<Relation | null> {
    return relations.load(relationId);
  }

  @FieldResolver()
  tail(@Root() { tailId }: Triple, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(tailId);
  }

  @FieldResolver()
  async changes(
    @Root() { id }: Triple,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { changesOfTriple }: Context,
  ) {
    return connectionOf(await changesOfTriple(page).load(id));
  }
}
