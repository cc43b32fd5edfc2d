import { Field, ObjectType } from "type-graphql";
import { FeedbackType } from "../FeedbackType.ts";
import { ProblemType } from "../ProblemType.ts";

/** Answer of a change of a user's feedback. */
@ObjectType("FeedbackPayload", { simpleResolvers: true, description: "What became of the feedback." })
export class FeedbackPayload {
  @Field(() => FeedbackType, {
    nullable: true,
    description: "As it stands, or stood before it was removed; null where nothing was done.",
  })
  feedback: unknown;

  @Field(() => [ProblemType], { description: "What is wrong with the input; empty where all went well." })
  problems: unknown[];
}
