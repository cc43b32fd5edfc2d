import { Field, ObjectType } from "type-graphql";
import { JobType } from "../JobType.ts";
import { ModelType } from "../ModelType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of what makes or activates a model; the graph stays as it is, so `change` is null. */
@ObjectType("ModelPayload", {
  simpleResolvers: true,
  description: "Answer of what makes or activates a model.",
})
export class ModelPayload extends EditPayload {
  @Field(() => ModelType, {
    nullable: true,
    description:
      "The model that serves, or would after a dry run; null until a training is done, and where refused.",
  })
  model: unknown;

  @Field(() => JobType, {
    nullable: true,
    description: "The training that was started, or the one that runs already; null where none is.",
  })
  job: unknown;
}
