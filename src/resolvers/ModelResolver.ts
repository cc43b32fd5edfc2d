import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { ModelInfo } from "../ranker/types.ts";
import { ModelType } from "../schema/ModelType.ts";

/** Fields of a model that need more than its row. */
@Resolver(() => ModelType)
export class ModelResolver {
  @FieldResolver()
  active(@Root() { id }: ModelInfo, @Ctx() { models }: Context): boolean {
    return models.active().id === id;
  }
}
