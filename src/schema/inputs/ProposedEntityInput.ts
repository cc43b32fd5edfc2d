import { Field, InputType } from "type-graphql";
import { JSONObject } from "../scalars.ts";

/** An entity that a proposed triple needs. */
@InputType("ProposedEntityInput", { description: "An entity that a proposed triple needs." })
export class ProposedEntityInput {
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

  @Field(() => Boolean, { nullable: true, description: "Whether it may be recommended." })
  isItem?: boolean | null;
}
