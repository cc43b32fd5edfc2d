import { Field, InputType } from "type-graphql";
import { JSONObject } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";

/** A new entity. */
@InputType("CreateEntityInput", { description: "A new entity." })
export class CreateEntityInput extends EditInput {
  @Field(() => String, { description: 'Stable key, not taken yet, such as "movie:1".' })
  key: string;

  @Field(() => String, { description: 'Such as "movie".' })
  type: string;

  @Field(() => String, { description: "Label for people." })
  name: string;

  @Field(() => [String], { nullable: true, description: "Other names." })
  aliases?: string[] | null;

  @Field(() => String, { nullable: true, description: "A text about it." })
  description?: string | null;

  @Field(() => JSONObject, { nullable: true, description: "Literal facts." })
  attributes?: { [key: string]: unknown } | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Whether it may be recommended.",
  })
  isItem?: boolean | null;
}
