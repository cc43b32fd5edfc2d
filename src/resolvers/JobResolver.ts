import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Job, ModelRecord } from "../kg/types.ts";
import { JobType } from "../schema/JobType.ts";

/** Fields of a job that need more than its row. */
@Resolver(() => JobType)
export class JobResolver {
  @FieldResolver()
  model(@Root() { modelId }: Job, @Ctx() { modelRecords }: Context): Promise<ModelRecord | null> | null {
    return modelId === null ? null : modelRecords.load(modelId);
  }
}
