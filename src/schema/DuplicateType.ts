import { Field, Float, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";

/** GraphQL shape of two entities that may be one. */
@ObjectType("Duplicate", { simpleResolvers: true, description: "Two entities that may be one and the same." })
export class DuplicateType {
  @Field(() => EntityType, { description: "The older one." })
  entity: unknown;

  @Field(() => EntityType, { description: "The other one." })
  other: unknown;

  @Field(() => Float, {
    description:
      "0 to 1, from names, types, neighbours and attributes by weights set by hand: an order, not a measured probability.",
  })
  score: number;

  @Field(() => [String], { description: 'What tells for it and against it, such as "year 1960 and 1998".' })
  reasons: string[];
}
