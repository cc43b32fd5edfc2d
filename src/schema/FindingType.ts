import { Field, ID, Int, ObjectType } from "type-graphql";
import { SeverityEnum } from "./enums.ts";

/** Which rule is broken, and how much that weighs. */
@ObjectType({ simpleResolvers: true })
abstract class BrokenRule {
  @Field(() => SeverityEnum, { description: "How much it weighs." })
  severity: string;

  @Field(() => String, { description: "The problem that an edit of this kind would have." })
  code: string;

  @Field(() => String, {
    nullable: true,
    description: "Key of the shape; null for a rule of the relation itself.",
  })
  shape: string | null;
}

/** GraphQL shape of a finding. */
@ObjectType("Finding", {
  simpleResolvers: true,
  description: "Something in the graph that is not as it should be.",
})
export class FindingType extends BrokenRule {
  @Field(() => String, { description: "Key of the entity." })
  entity: string;

  @Field(() => ID, { nullable: true, description: "Global id of the triple; null where none shows it." })
  triple: string | null;

  @Field(() => String, { description: "What is wrong, and what was expected." })
  message: string;
}

/** GraphQL shape of a count of findings. */
@ObjectType("FindingCount", { simpleResolvers: true, description: "How often one rule is broken." })
export class FindingCountType extends BrokenRule {
  @Field(() => Int, { description: "How often." })
  count: number;
}
