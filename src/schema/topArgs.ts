import { ArgsType, Field, Int } from "type-graphql";
import { ItemFilterInput } from "./inputs/ItemFilterInput.ts";

/** Arguments of a list of the best. */
@ArgsType()
export class TopArgs {
  @Field(() => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." })
  first?: number | null;

  @Field(() => ItemFilterInput, { nullable: true, description: "Which items may be in it." })
  filter?: ItemFilterInput | null;
}

/** Arguments of a list of the best that goes on. */
@ArgsType()
export class TopPageArgs extends TopArgs {
  @Field(() => String, { nullable: true, description: "Cursor to go on behind." })
  after?: string | null;
}
