import { Field, Int, ObjectType } from "type-graphql";
import { PathStepType } from "./PathStepType.ts";

/** GraphQL shape of a path. */
@ObjectType("Path", { simpleResolvers: true, description: "A walk from one entity to another." })
export class PathType {
  @Field(() => Int, { description: "Number of steps." })
  length: number;

  @Field(() => [PathStepType], { description: "The steps in order; each begins where the one before ends." })
  steps: unknown[];
}
