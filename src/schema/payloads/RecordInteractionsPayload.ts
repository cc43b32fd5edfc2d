import { Field, Int, ObjectType } from "type-graphql";
import { ProblemType } from "../ProblemType.ts";

/** Answer of `recordInteractions`. */
@ObjectType("RecordInteractionsPayload", {
  simpleResolvers: true,
  description: "What became of the interactions.",
})
export class RecordInteractionsPayload {
  @Field(() => Int, { description: "Rows written now." })
  recorded: number;

  @Field(() => Int, { description: "Rows that were there already." })
  known: number;

  @Field(() => [ProblemType], { description: "Rows that were refused, with their path in the input." })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph." })
  graphRevision: string;
}
