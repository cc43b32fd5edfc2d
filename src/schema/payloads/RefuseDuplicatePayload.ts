import { Field, ObjectType } from "type-graphql";
import { ProblemType } from "../ProblemType.ts";

/** Answer of `refuseDuplicate`. */
@ObjectType("RefuseDuplicatePayload", {
  simpleResolvers: true,
  description: "Answer of a refusal. The graph stays as it is, so there is no change.",
})
export class RefuseDuplicatePayload {
  @Field(() => [ProblemType], { description: "What is wrong with the input; empty where all went well." })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph." })
  graphRevision: string;
}
