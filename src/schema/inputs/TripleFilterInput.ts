import { Field, Float, InputType } from "type-graphql";
import type { TripleRank } from "../../kg/types.ts";
import { TripleRankEnum } from "../enums.ts";

/** Which triples to list; all conditions must hold. */
@InputType("TripleFilter", { description: "Which triples to list; all conditions must hold." })
export class TripleFilterInput {
  @Field(() => String, { nullable: true, description: "Key of the head." })
  head?: string | null;

  @Field(() => String, { nullable: true, description: "Key of the relation." })
  relation?: string | null;

  @Field(() => String, { nullable: true, description: "Key of the tail." })
  tail?: string | null;

  @Field(() => TripleRankEnum, { nullable: true, description: "This rank." })
  rank?: TripleRank | null;

  @Field(() => Float, { nullable: true, description: "This confidence or more, 0 to 1." })
  minConfidence?: number | null;

  @Field(() => String, { nullable: true, description: "Name of one of its sources." })
  source?: string | null;
}
