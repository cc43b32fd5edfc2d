import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import type { SimilarItem } from "../recommend/types.ts";
import { SimilarItemType } from "../schema/SimilarItemType.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { toldEvidence } from "./toldEvidence.ts";

/** Fields of a similar item that are not numbers. */
@Resolver(() => SimilarItemType)
export class SimilarItemResolver {
  @FieldResolver()
  item(@Root() { item }: SimilarItem, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(item);
  }

  @FieldResolver()
  evidence(
    @Root() { evidence }: SimilarItem,
    @Arg("first", () => Int, { nullable: true, defaultValue: 3, description: "How many, at most 500." })
    first: number | null,
  ): ToldEvidence[] {
    return toldEvidence({ evidence, history: new Map() }, first, 3); // no "you" in it: nobody's history is read
  }
}
