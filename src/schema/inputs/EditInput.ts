import { Field, InputType } from "type-graphql";

/** What every curating input has. */
@InputType("EditInput", { description: "What every edit takes." })
export abstract class EditInput {
  @Field(() => String, { nullable: true, description: "Why, for the record." })
  reason?: string | null;

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
