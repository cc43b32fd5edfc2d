import { Field, InputType } from "type-graphql";

/** A relation and the entity at its other end. */
@InputType("RelatedTo", { description: "A triple, in either direction, of this relation with this entity." })
export class RelatedToInput {
  @Field(() => String, { description: "Key of the relation." })
  relation: string;

  @Field(() => String, { description: "Key of the entity." })
  entity: string;
}
