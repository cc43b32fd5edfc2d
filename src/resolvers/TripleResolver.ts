import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { AsOfRevision, Entity, Relation, Revision, Triple } from "../kg/types.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { TripleType } from "../schema/TripleType.ts";
import { connectionOf } from "./connectionOf.ts";

/** A triple of now, or one as it was. */
type MaybePast = Triple & Partial<AsOfRevision>;

/** Fields of a triple that need more than its row. */
@Resolver(() => TripleType)
export class TripleResolver {
  @FieldResolver()
  head(@Root() { headId, asOf }: MaybePast, @Ctx() context: Context): Promise<Entity | null> {
    return loadersOf(asOf, context).entities.load(headId);
  }

  @FieldResolver()
  relation(@Root() { relationId, asOf }: MaybePast, @Ctx() context: Context): Promise<Relation | null> {
    return loadersOf(asOf, context).relations.load(relationId);
  }

  @FieldResolver()
  tail(@Root() { tailId, asOf }: MaybePast, @Ctx() context: Context): Promise<Entity | null> {
    return loadersOf(asOf, context).entities.load(tailId);
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

function loadersOf(asOf: Revision | undefined, context: Context) {
  return asOf === undefined ? context : context.pastLoaders(asOf);
}
