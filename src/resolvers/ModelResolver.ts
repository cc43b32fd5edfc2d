import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { ModelInfo } from "../ranker/types.ts";
import { ModelType } from "../schema/ModelType.ts";
import { modelCard } from "../sentence/modelCard.ts";

/** Fields of a model that need more than its row. */
@Resolver(() => ModelType)
export class ModelResolver {
  @FieldResolver()
  active(@Root() { id }: ModelInfo, @Ctx() { models }: Context): boolean {
    return models.active().id === id;
  }

  @FieldResolver()
  async card(@Root() { id }: ModelInfo, @Ctx() { models, modelRecords }: Context): Promise<string> {
    return modelCard(await modelRecords.load(id), models.active().id === id);
  }
}
