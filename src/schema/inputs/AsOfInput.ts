import { Field, InputType } from "type-graphql";
import { DateTime } from "../scalars.ts";

/** A moment of the graph; `buildSchema` makes it @oneOf. */
@InputType("AsOf", {
  description:
    "A moment of the graph: exactly one of its fields. What was then is answered from the change log.",
})
export class AsOfInput {
  @Field(() => String, { nullable: true, description: "This revision; 0 is the empty graph." })
  revision?: string | null;

  @Field(() => DateTime, { nullable: true, description: "The last revision until this time." })
  at?: Date | null;
}
