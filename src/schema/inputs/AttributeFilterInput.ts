import { Field, InputType } from "type-graphql";
import { Scalar } from "../scalars.ts";

/** A condition on an attribute; all that is given must hold. */
@InputType("AttributeFilter", {
  description: "A condition on an attribute; all that is given must hold. Of a list any value may meet it.",
})
export class AttributeFilterInput {
  @Field(() => String, { description: "Name of the attribute." })
  name: string;

  @Field(() => Scalar, { nullable: true, description: "This value." })
  equals?: string | number | boolean | null;

  @Field(() => [Scalar], { nullable: true, description: "One of these values." })
  in?: (string | number | boolean)[] | null;

  @Field(() => Scalar, {
    nullable: true,
    description: "At least: numbers by size, texts by their characters, so ISO 8601 by time.",
  })
  from?: string | number | boolean | null;

  @Field(() => Scalar, { nullable: true, description: "At most." })
  to?: string | number | boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it has a value." })
  exists?: boolean | null;
}
