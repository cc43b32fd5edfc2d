import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, LikelyTriple, Relation } from "../kg/types.ts";
import { LikelyTripleType } from "../schema/LikelyTripleType.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import { boundedCount } from "./boundedCount.ts";

/** Predictions of missing triples, for curators. */
@Resolver(() => LikelyTripleType)
export class LikelyTripleResolver {
  @Needs("graph:write")
  @Query(() => [LikelyTripleType], {
    description: "Triples that are likely and missing, likeliest first. Give an entity, a relation or both.",
  })
  likelyTriples(
    @Arg("entity", () => String, { nullable: true, description: "Key of an entity, at either end." })
    entity: string | null | undefined,
    @Arg("relation", () => String, { nullable: true, description: "Key of a relation." })
    relation: string | null | undefined,
    @Arg("first", () => Int, { defaultValue: 10, description: "How many, at most 100." })
    first: number,
    @Ctx() { links }: Context,
  ): Promise<readonly LikelyTriple[]> {
    return links.findLikely({
      entity,
      relation,
      first: boundedCount(first, { fallback: 10, most: MAX_PAGE }),
    });
  }

  @FieldResolver()
  head(@Root() { headId }: LikelyTriple, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(headId);
  }

  @FieldResolver()
  relation(@Root() { relationId }: LikelyTriple, @Ctx() { relations }: Context): Promise<Relation | null> {
    return relations.load(relationId);
  }

  @FieldResolver()
  tail(@Root() { tailId }: LikelyTriple, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(tailId);
  }
}
