import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { FindingCount, Severity } from "../kg/types.ts";
import { FindingConnectionType } from "../schema/connections.ts";
import { SeverityEnum } from "../schema/enums.ts";
import { FindingCountType } from "../schema/FindingType.ts";
import { globalId, parseGlobalId } from "../schema/globalId.ts";
import { ValidateGraphInput } from "../schema/inputs/ValidateGraphInput.ts";
import { Needs } from "../schema/Needs.ts";
import { ForwardArgs } from "../schema/pageArgs.ts";
import { JobPayload } from "../schema/payloads/JobPayload.ts";
import { connectionOf } from "./connectionOf.ts";
import { splitEdit } from "./splitEdit.ts";

const JOB = "Global id of the job; by default the newest validation.";

/** Validations of the graph, and what they have found. */
@Resolver()
export class ValidationResolver {
  @Needs("graph:write")
  @Mutation(() => JobPayload, {
    description: "Starts a validation of the graph and returns at once; one runs at a time.",
  })
  async validateGraph(
    @Arg("input", () => ValidateGraphInput, { description: "The validation." }) input: ValidateGraphInput,
    @Ctx() { viewer, jobs }: Context,
  ) {
    const [, options] = splitEdit(input, viewer);
    const { value, ...result } = await jobs.validate(options);
    return { ...result, job: value };
  }

  @Needs("graph:write")
  @Query(() => FindingConnectionType, {
    description: "What a validation has found; empty once a newer one has begun.",
  })
  async findings(
    @Arg("job", () => ID, { nullable: true, description: JOB }) job: string | null | undefined,
    @Arg("severity", () => SeverityEnum, { nullable: true, description: "Only these." })
    severity: Severity | null | undefined,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { jobs }: Context,
  ) {
    const found = await jobs.findFindings({ job: jobId(job), severity }, page);
    const edges = found.edges.map(({ cursor, node: { tripleId, ...node } }) => {
      const triple = tripleId === null ? null : globalId("Triple", tripleId);
      return { cursor, node: { ...node, triple } };
    });
    return connectionOf({ ...found, edges });
  }

  @Needs("graph:write")
  @Query(() => [FindingCountType], {
    description: "What a validation has found, by rule, most often broken first.",
  })
  findingCounts(
    @Arg("job", () => ID, { nullable: true, description: JOB }) job: string | null | undefined,
    @Ctx() { jobs }: Context,
  ): Promise<readonly FindingCount[]> {
    return jobs.countFindings(jobId(job));
  }
}

function jobId(id: string | null | undefined): string | null {
  return id == null ? null : parseGlobalId(id, "Job").id;
}
