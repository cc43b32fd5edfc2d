import { Field, ObjectType } from "type-graphql";
import { JobType } from "../JobType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of what changes a job; the graph stays as it is, so `change` is null. */
@ObjectType("JobPayload", { simpleResolvers: true, description: "Answer of what changes a job." })
export class JobPayload extends EditPayload {
  @Field(() => JobType, { nullable: true, description: "As it is now; null where unknown." })
  job: unknown;
}
