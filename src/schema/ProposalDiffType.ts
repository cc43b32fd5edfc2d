import { Field, ObjectType } from "type-graphql";
import { JSONObject } from "./scalars.ts";

/** GraphQL shape of one row that accepting a proposal writes. */
@ObjectType("ProposalDiff", { simpleResolvers: true, description: "One thing that accepting would write." })
export class ProposalDiffType {
  @Field(() => String, { description: '"entity" or "triple".' })
  subject: string;

  @Field(() => String, { description: "What it is, in words." })
  sentence: string;

  @Field(() => JSONObject, { nullable: true, description: "Its fields before; null where it is added." })
  before: object | null;

  @Field(() => JSONObject, { nullable: true, description: "Its fields after; null where it is removed." })
  after: object | null;
}
