import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { Job } from "../kg/types.ts";
import { JobConnectionType } from "../schema/connections.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { ActivateModelInput } from "../schema/inputs/ActivateModelInput.ts";
import { TrainModelInput } from "../schema/inputs/TrainModelInput.ts";
import { JobType } from "../schema/JobType.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { JobPayload } from "../schema/payloads/JobPayload.ts";
import { ModelPayload } from "../schema/payloads/ModelPayload.ts";
import { actorOf } from "./actorOf.ts";
import { connectionOf } from "./connectionOf.ts";
import { splitEdit } from "./splitEdit.ts";

const OWN = "Without `models:write` only those that the viewer started.";

/** Root fields for training and activating models. */
@Resolver()
export class OperateModelsResolver {
  @Needs("models:write")
  @Mutation(() => ModelPayload, {
    description: "Starts a training and returns at once; one runs at a time.",
  })
  async trainModel(
    @Arg("input", () => TrainModelInput, { description: "The training." }) input: TrainModelInput,
    @Ctx() { viewer, jobs, modelRecords }: Context,
  ) {
    const [request, options] = splitEdit(input, viewer);
    const { value: job, ...result } = await jobs.train(request, options);
    return { ...result, job, model: job?.modelId ? await modelRecords.load(job.modelId) : null };
  }

  @Needs("models:write")
  @Mutation(() => ModelPayload, {
    description: "Makes a stored model serve in all processes, or the one that served before.",
  })
  async activateModel(
    @Arg("input", () => ActivateModelInput, { description: "The model." }) input: ActivateModelInput,
    @Ctx() { viewer, models }: Context,
  ) {
    const [{ id, previous, expectedActive }, options] = splitEdit(input, viewer);
    const activation = { id: modelId(id), previous, expectedActive: modelId(expectedActive) };
    const { value, ...result } = await models.activate(activation, options);
    return { ...result, model: value, job: null };
  }

  @Needs(["graph:write", "models:write"])
  @Mutation(() => JobPayload, {
    description: `Ends a job in whatever process it runs, and answers once it has ended. ${OWN}`,
  })
  async cancelJob(
    @Arg("id", () => ID, { description: "Global id of the job." }) id: string,
    @Ctx() { viewer, jobs }: Context,
  ) {
    const { value, ...result } = await jobs.cancel(parseGlobalId(id, "Job").id, actorOf(viewer));
    return { ...result, job: value };
  }

  @Needs(["graph:write", "models:write"])
  @Query(() => JobType, {
    nullable: true,
    description: `A job; null where unknown. ${OWN}`,
  })
  job(
    @Arg("id", () => ID, { description: "Global id of the job." }) id: string,
    @Ctx() { viewer, jobs }: Context,
  ): Promise<Job | null> {
    return jobs.findJob(parseGlobalId(id, "Job").id, actorOf(viewer));
  }

  @Needs(["graph:write", "models:write"])
  @Query(() => JobConnectionType, { description: `Jobs, newest first. ${OWN}` })
  async jobs(@Args(() => ForwardArgs) page: ForwardArgs, @Ctx() { viewer, jobs }: Context) {
    return connectionOf(await jobs.findJobs(page, actorOf(viewer)));
  }
}

function modelId(id: string | null | undefined): string | null {
  return id == null ? null : parseGlobalId(id, "Model").id;
}
