import { Field, ObjectType } from "type-graphql";
import { JSONObject } from "./scalars.ts";

/** GraphQL shape of an entity that is proposed. */
@ObjectType("ProposedEntity", { description: "An entity that the graph does not have yet." })
export class ProposedEntityType {
  @Field(() => String, { description: "Its key to be." })
  key: string;

  @Field(() => String, { description: 'Such as "movie".' })
  type: string;

  @Field(() => String, { description: "Label for people." })
  name: string;

  @Field(() => [String], { nullable: true, description: "Other names." })
  aliases: string[] | null;

  @Field(() => String, { nullable: true, description: "A text about it." })
  description: string | null;

  @Field(() => JSONObject, { nullable: true, description: "Literal facts." })
  attributes: object | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it may be recommended." })
  isItem: boolean | null;
}
