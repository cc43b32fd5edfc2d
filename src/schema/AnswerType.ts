import { Field, Int, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { PathType } from "./PathType.ts";

/** GraphQL shape of one answer to a question. */
@ObjectType("AnswerItem", {
  simpleResolvers: true,
  description: "One answer to a question, with why it is one.",
})
export class AnswerItemType {
  @Field(() => EntityType, { description: "What is asked for." })
  entity: unknown;

  @Field(() => [PathType], {
    description: "Paths that lead to it, at least one from each entity that the question names.",
  })
  paths: unknown[];
}

/** GraphQL shape of what a question was understood to ask, and what the graph says. */
@ObjectType("Answer", {
  simpleResolvers: true,
  description:
    "What a question was understood to ask, and what the graph says. No language model takes part.",
})
export class AnswerType {
  @Field(() => String, { description: "The question, as it was sent." })
  question: string;

  @Field(() => String, {
    nullable: true,
    description: "What was answered, in words; null where the question was not understood.",
  })
  interpretation: string | null;

  @Field(() => [String], {
    description: 'What each part of the question was taken for, such as "director: directed by".',
  })
  understood: string[];

  @Field(() => [String], {
    description: "Words that mean nothing here; with any of them there is no answer.",
  })
  unknownWords: string[];

  @Field(() => Boolean, {
    description: "Whether the question asks how many there are: `totalCount` says it.",
  })
  isCount: boolean;

  @Field(() => Int, { description: "How many answers there are." })
  totalCount: number;

  @Field(() => Boolean, { description: "False where the search stopped early, and there may be more." })
  isComplete: boolean;

  @Field(() => [AnswerItemType], { description: "The first answers, by name." })
  answers: unknown[];
}
