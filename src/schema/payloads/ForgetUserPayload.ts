import { Field, Int, ObjectType } from "type-graphql";
import { ProblemType } from "../ProblemType.ts";

/** Answer of `forgetUser`. */
@ObjectType("ForgetUserPayload", { simpleResolvers: true, description: "What was erased." })
export class ForgetUserPayload {
  @Field(() => Int, { description: "Interactions erased; 0 for an unknown user." })
  forgotten: number;

  @Field(() => [ProblemType], { description: "Always empty so far." })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph." })
  graphRevision: string;
}
