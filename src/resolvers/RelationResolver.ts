import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Relation } from "../kg/types.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { RelationType } from "../schema/RelationType.ts";
import { connectionOf } from "./connectionOf.ts";

/** Fields of a relation that need more than its row. */
@Resolver(() => RelationType)
export class RelationResolver {
  @FieldResolver()
  tripleCount(@Root() { id }: Relation, @Ctx() { tripleCounts }: Context): Promise<number> {
    return tripleCounts.load(id);
  }

  @Needs("graph:read")
  @FieldResolver()
  async changes(
    @Root() { id }: Relation,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { changesOfRelation }: Context,
  ) {
    return connectionOf(await changesOfRelation(page).load(id));
  }
}
