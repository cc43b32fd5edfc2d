import { Field, InputType, Int } from "type-graphql";
import { JSONObject } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";
import { EntityByInput } from "./EntityByInput.ts";

/** What shall be different about an entity. */
@InputType("UpdateEntityInput", {
  description: "What shall be different about an entity; a field that is left out stays as it is.",
})
export class UpdateEntityInput extends EditInput {
  @Field(() => EntityByInput, {
    description: "The entity; a merged one leads to its survivor. Its key stays.",
  })
  by: EntityByInput;

  @Field(() => String, { nullable: true, description: "Suits the relations of its triples." })
  type?: string | null;

  @Field(() => String, { nullable: true, description: "Label for people." })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: "All other names; null for none." })
  aliases?: string[] | null;

  @Field(() => String, { nullable: true, description: "A text about it; null for none." })
  description?: string | null;

  @Field(() => JSONObject, {
    nullable: true,
    description:
      "A merge patch as in RFC 7396: what it names changes, what it sets to null goes. Null takes all away.",
  })
  attributes?: { [key: string]: unknown } | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it may be recommended." })
  isItem?: boolean | null;

  @Field(() => Int, { nullable: true, description: "Refused where the entity has another revision by now." })
  expectedRevision?: number | null;
}
