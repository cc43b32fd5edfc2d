import { Field, Float, InputType } from "type-graphql";
import { ItemFilterInput } from "./ItemFilterInput.ts";

/** Adds to the score of some items. */
@InputType("Booster", {
  description:
    "Adds to the score of the items that pass its filter; a component of its own in the explanation.",
})
export class BoosterInput {
  @Field(() => String, { description: "Its name in the explanation." })
  name: string;

  @Field(() => ItemFilterInput, { description: "Whose score is changed." })
  filter: ItemFilterInput;

  @Field(() => Float, { description: "What is added, in units of the score; negative to push back." })
  amount: number;
}
