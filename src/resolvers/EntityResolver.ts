import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { AsOfRevision, Direction, Entity } from "../kg/types.ts";
import type { SimilarItem } from "../recommend/types.ts";
import { EntityType } from "../schema/EntityType.ts";
import { DirectionEnum } from "../schema/enums.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { boundedCount } from "./boundedCount.ts";
import { connectionOf } from "./connectionOf.ts";
import { tripleSelection } from "./tripleSelection.ts";

const bothWays = { nullable: true, defaultValue: DirectionEnum.BOTH, description: "Which way." } as const;

/** Fields of an entity that need more than its row. */
@Resolver(() => EntityType)
export class EntityResolver {
  @Needs("graph:read")
  @FieldResolver()
  async triples(
    @Root() { id, asOf }: Entity & Partial<AsOfRevision>,
    @Arg("direction", () => DirectionEnum, bothWays) direction: Direction | null,
    @Arg("relations", () => [String], {
      nullable: true,
      description: "Keys of relations; all where left out.",
    })
    relations: string[] | null | undefined,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { triplesOf, past }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const of = { ...page, relations, direction: direction ?? "BOTH" };
    if (asOf !== undefined) return connectionOf(await past.findTriplesOf(id, of, asOf));
    return connectionOf(await triplesOf({ ...of, select: tripleSelection(info) }).load(id));
  }

  @FieldResolver()
  degree(
    @Root() { id }: Entity,
    @Arg("direction", () => DirectionEnum, bothWays) direction: Direction | null,
    @Arg("relation", () => String, { nullable: true, description: "Key of a relation; all where left out." })
    relation: string | null | undefined,
    @Ctx() { degrees }: Context,
  ): Promise<number> {
    return degrees(direction ?? "BOTH", relation ?? null).load(id);
  }

  @Needs("recommend:read")
  @FieldResolver()
  similar(
    @Root() { id }: Entity,
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." })
    first: number | null,
    @Ctx() { recommender }: Context,
  ): Promise<readonly SimilarItem[]> {
    return recommender.similar(id, boundedCount(first, { fallback: 10, most: MAX_PAGE }));
  }

  @FieldResolver()
  mergedKeys(@Root() { id }: Entity, @Ctx() { mergedKeys }: Context): Promise<readonly string[]> {
    return mergedKeys.load(id);
  }

  @Needs("graph:read")
  @FieldResolver()
  async changes(
    @Root() { id }: Entity,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { changesOf }: Context,
  ) {
    return connectionOf(await changesOf(page).load(id));
  }
}
