import { Field, Float, InputType } from "type-graphql";
import type { TripleRank } from "../../kg/types.ts";
import { TripleRankEnum } from "../enums.ts";
import { DateTime, JSONObject } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";
import { SourceInput } from "./SourceInput.ts";

/** A new triple; head, relation and tail are keys. */
@InputType("AddTripleInput", { description: "A new triple." })
export class AddTripleInput extends EditInput {
  @Field(() => String, { description: "Key of the head." })
  head: string;

  @Field(() => String, { description: "Key of the relation." })
  relation: string;

  @Field(() => String, { description: "Key of the tail." })
  tail: string;

  @Field(() => Float, { nullable: true, defaultValue: 1, description: "0 to 1." })
  confidence?: number | null;

  @Field(() => TripleRankEnum, {
    nullable: true,
    defaultValue: TripleRankEnum.NORMAL,
    description: "A deprecated triple is kept and never used for ranking.",
  })
  rank?: TripleRank | null;

  @Field(() => JSONObject, { nullable: true, description: "Literal facts about the statement." })
  qualifiers?: { [key: string]: unknown } | null;

  @Field(() => [SourceInput], { nullable: true, description: "Where it comes from." })
  sources?: SourceInput[] | null;

  @Field(() => DateTime, { nullable: true, description: "When it began to hold." })
  validFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ceased to hold." })
  validTo?: Date | null;
}
