import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { AsOfRevision, Entity, Relation, Revision, Triple, TripleEnds } from "../kg/types.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { TripleType } from "../schema/TripleType.ts";
import { connectionOf } from "./connectionOf.ts";

type MaybePromise<T> = T | Promise<T>; // without a promise where it is at hand: every row of every list passes here

/** A triple of now, perhaps with what it names, or one as it was. */
type MaybePast = Triple & TripleEnds & Partial<AsOfRevision>;

/** Fields of a triple that need more than its row. */
@Resolver(() => TripleType)
export class TripleResolver {
  @FieldResolver()
  head(@Root() { headId, asOf, head }: MaybePast, @Ctx() context: Context): MaybePromise<Entity | null> {
    return head ?? loadersOf(asOf, context).entities.load(headId);
  }

  @FieldResolver()
  relation(
    @Root() { relationId, asOf, relation }: MaybePast,
    @Ctx() context: Context,
  ): MaybePromise<Relation | null> {
    return relation ?? loadersOf(asOf, context).relations.load(relationId);
  }

  @FieldResolver()
  tail(@Root() { tailId, asOf, tail }: MaybePast, @Ctx() context: Context): MaybePromise<Entity | null> {
    return tail ?? loadersOf(asOf, context).entities.load(tailId);
  }

  @Needs("graph:read")
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
