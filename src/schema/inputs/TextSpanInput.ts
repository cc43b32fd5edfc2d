import { Field, InputType, Int } from "type-graphql";

/** Words of a text. */
@InputType("TextSpanInput", { description: "Words of a text." })
export class TextSpanInput {
  @Field(() => Int, { description: "Where they begin, in UTF-16 code units." })
  start: number;

  @Field(() => Int, { description: "One past their end." })
  end: number;

  @Field(() => String, { description: "The words; as long as the span." })
  quote: string;
}
