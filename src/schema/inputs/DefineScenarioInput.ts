import { Field, Float, InputType, Int } from "type-graphql";
import type { Fallback, ScenarioStart } from "../../recommend/types.ts";
import { FallbackEnum, ScenarioStartEnum } from "../enums.ts";
import { Duration } from "../scalars.ts";
import { BoosterInput } from "./BoosterInput.ts";
import { EditInput } from "./EditInput.ts";
import { ItemFilterInput } from "./ItemFilterInput.ts";

/** A scenario as a whole. */
@InputType("DefineScenarioInput", {
  description:
    "A scenario as a whole: it takes the place of what the key stood for, which stays as a version.",
})
export class DefineScenarioInput extends EditInput {
  @Field(() => String, { description: "Its key, such as home." })
  key: string;

  @Field(() => Int, { nullable: true, description: "The version that must stand now, 0 for none." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | null;

  @Field(() => ScenarioStartEnum, {
    nullable: true,
    description: "Where its lists start from; ALL where left out.",
  })
  start?: ScenarioStart | null;

  @Field(() => Int, { nullable: true, description: "Of NEWEST: how many items, 1 to 100; 1 where left out." })
  newest?: number | null;

  @Field(() => ItemFilterInput, { nullable: true, description: "Holds beside the filter of a request." })
  filter?: ItemFilterInput | null;

  @Field(() => [BoosterInput], { nullable: true, description: "Add up with those of a request." })
  boosters?: BoosterInput[] | null;

  @Field(() => Float, { nullable: true, description: "0 to 1; the larger of this and a request's counts." })
  diversity?: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1; the larger of this and a request's counts." })
  minConfidence?: number | null;

  @Field(() => [FallbackEnum], { nullable: true, description: "Where a request does not say." })
  fallback?: Fallback[] | null;

  @Field(() => Duration, { nullable: true, description: "Where a request does not say." })
  trendingWindow?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether what the user interacted with comes back." })
  includeInteracted?: boolean | null;
}
