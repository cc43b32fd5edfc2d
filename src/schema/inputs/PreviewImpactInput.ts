import { Field, InputType, Int } from "type-graphql";
import { ImpactChangeInput } from "./ImpactChangeInput.ts";

/** An edit to try, and whom to measure it on. */
@InputType("PreviewImpactInput", { description: "An edit to try, and whom to measure it on." })
export class PreviewImpactInput {
  @Field(() => ImpactChangeInput, { description: "The edit. Nothing of it remains." })
  change: ImpactChangeInput;

  @Field(() => [String], {
    nullable: true,
    description: "Keys of at most 100 users; a sample where left out.",
  })
  users?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 20,
    description:
      "How many users to sample, at most 100: those who did something near to what is edited, then anybody.",
  })
  sample?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: "Equal seeds give equal samples." })
  seed?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 10,
    description: "How many recommendations of each user to compare, at most 100.",
  })
  first?: number | null;
}
