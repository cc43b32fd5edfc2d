import { Field, ObjectType } from "type-graphql";
import { NodeType } from "./NodeType.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of a change. */
@ObjectType("Change", { implements: NodeType, simpleResolvers: true, description: "One reversible edit." })
export class ChangeType extends NodeType {
  @Field(() => String, { description: "Its number in commit order; the revision of the graph after it." })
  revision: string;

  @Field(() => String, { description: 'What was done, such as "addTriple" or "import".' })
  kind: string;

  @Field(() => String, { description: "Who did it." })
  actor: string;

  @Field(() => String, { nullable: true, description: "Why, in the actor's words." })
  reason: string | null;

  @Field(() => DateTime, { description: "When." })
  at: Date;
}
