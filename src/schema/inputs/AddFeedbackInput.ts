import { Field, Float, InputType } from "type-graphql";
import type { FeedbackKind } from "../../kg/types.ts";
import { FeedbackKindEnum } from "../enums.ts";

/** What a user says of recommendations. */
@InputType("AddFeedbackInput", {
  description: "What a user says of recommendations. Equal feedback is written once.",
})
export class AddFeedbackInput {
  @Field(() => String, { description: "The tenant's own key of the user." })
  user: string;

  @Field(() => FeedbackKindEnum, { description: "What is wished." })
  kind: FeedbackKind;

  @Field(() => String, {
    nullable: true,
    description: "Key of an item or entity: of EXCLUDE required, of LESS where it is on the path.",
  })
  entity?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Key of a relation, of LESS: of the path's triples; with `entity` those that lead to it.",
  })
  relation?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Of LESS: what is left of the evidence, 0 to 0.99; one half where left out.",
  })
  factor?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Check everything and write nothing.",
  })
  dryRun?: boolean | null;
}
