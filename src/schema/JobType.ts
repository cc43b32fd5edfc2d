import { Field, Float, ObjectType } from "type-graphql";
import { JobKindEnum, JobStatusEnum } from "./enums.ts";
import { ModelType } from "./ModelType.ts";
import { NodeType } from "./NodeType.ts";
import { DateTime, JSONObject } from "./scalars.ts";

/** GraphQL shape of a job. */
@ObjectType("Job", {
  implements: NodeType,
  simpleResolvers: true,
  description: "Work that goes on after the answer to whoever asked for it.",
})
export class JobType extends NodeType {
  @Field(() => JobKindEnum, { description: "What it is for." })
  kind: string;

  @Field(() => JobStatusEnum, { description: "Where it stands." })
  status: string;

  @Field(() => Float, { description: "How far it is, 0..1." })
  progress: number;

  @Field(() => String, { nullable: true, description: "What it does now, or did last." })
  message: string | null;

  @Field(() => String, { nullable: true, description: "Why it failed." })
  error: string | null;

  @Field(() => String, { description: "Name of whoever started it." })
  actor: string;

  @Field(() => String, { nullable: true, description: "Why it was started." })
  reason: string | null;

  @Field(() => JSONObject, { description: "What was asked for." })
  input: object;

  @Field(() => DateTime, { description: "When it was asked for." })
  createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: "When its work began." })
  startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended; null as long as it is live." })
  finishedAt: Date | null;

  @Field(() => ModelType, { nullable: true, description: "What it fitted; null until then." })
  model: unknown;
}
