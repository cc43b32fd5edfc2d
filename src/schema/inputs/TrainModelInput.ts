import { Field, InputType, Int } from "type-graphql";
import { JSONObject } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";

/** A training. */
@InputType("TrainModelInput", { description: "A training." })
export class TrainModelInput extends EditInput {
  @Field(() => JSONObject, {
    nullable: true,
    description: "Settings that are fixed, by the names of `Model.config`; the others are searched over.",
  })
  config?: { [key: string]: unknown } | null;

  @Field(() => Int, { nullable: true, description: "Seed of the sampling; 1 where left out." })
  seed?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "Whether the model serves once it is fitted.",
  })
  activate?: boolean | null;
}
