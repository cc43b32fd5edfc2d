import { Field, ObjectType } from "type-graphql";

/** One field before and after a change. */
@ObjectType("FieldDiff", { simpleResolvers: true, description: "One field before and after a change." })
export class FieldDiffType {
  @Field(() => String, { description: "Its name, as in this API." })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: "What it was, as JSON; what it led to, by name. Null where it held nothing.",
  })
  before: string | null;

  @Field(() => String, { nullable: true, description: "What it became, in the same way." })
  after: string | null;
}
