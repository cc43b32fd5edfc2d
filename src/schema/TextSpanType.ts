import { Field, Int, ObjectType } from "type-graphql";

/** GraphQL shape of words in a text. */
@ObjectType("TextSpan", { simpleResolvers: true, description: "Words of a text." })
export class TextSpanType {
  @Field(() => Int, { description: "Where they begin, in UTF-16 code units." })
  start: number;

  @Field(() => Int, { description: "One past their end." })
  end: number;

  @Field(() => String, { description: "The words." })
  quote: string;
}
