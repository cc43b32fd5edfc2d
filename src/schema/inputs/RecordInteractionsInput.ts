import { Field, Float, InputType } from "type-graphql";
import { DateTime } from "../scalars.ts";

/** One thing that a user did with an item. */
@InputType("InteractionInput", { description: "One thing that a user did with an item." })
export class InteractionInput {
  @Field(() => String, { description: "The tenant's own key of the user." })
  user: string;

  @Field(() => String, { description: "Key of the item." })
  item: string;

  @Field(() => String, { nullable: true, description: 'Such as "rating", "listen", "view" or "purchase".' })
  kind?: string | null;

  @Field(() => Float, { nullable: true, description: "How much it counts; 1 where left out." })
  weight?: number | null;

  @Field(() => DateTime, { nullable: true, description: "When; now where left out." })
  at?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "`recommendationId` of the answer that it came from; see `attributions`.",
  })
  recommendationId?: string | null;
}

/** Interactions to record. */
@InputType("RecordInteractionsInput", { description: "Interactions to record." })
export class RecordInteractionsInput {
  @Field(() => [InteractionInput], {
    description: "At most 1000; a faulty one is a problem and the rest goes on.",
  })
  interactions: InteractionInput[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Check everything and write nothing.",
  })
  dryRun?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "The same key and request give the same answer again for 24 hours, and write once.",
  })
  idempotencyKey?: string | null;
}
