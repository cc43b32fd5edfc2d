import { Field, Float, ID, InputType, Int } from "type-graphql";
import type { TripleRank } from "../../kg/types.ts";
import { TripleRankEnum } from "../enums.ts";
import { DateTime, JSONObject } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";
import { SourceInput } from "./SourceInput.ts";

/** What shall be different about a triple. */
@InputType("UpdateTripleInput", {
  description:
    "What shall be different about a triple; a field that is left out stays as it is. Its ends and relation stay.",
})
export class UpdateTripleInput extends EditInput {
  @Field(() => ID, { description: "Global id of the triple." })
  id: string;

  @Field(() => Float, { nullable: true, description: "0 to 1." })
  confidence?: number | null;

  @Field(() => TripleRankEnum, {
    nullable: true,
    description: "A deprecated triple is kept and never used for ranking.",
  })
  rank?: TripleRank | null;

  @Field(() => JSONObject, {
    nullable: true,
    description:
      "A merge patch as in RFC 7396: what it names changes, what it sets to null goes. Null takes all away.",
  })
  qualifiers?: { [key: string]: unknown } | null;

  @Field(() => [SourceInput], { nullable: true, description: "All its sources; null for none." })
  sources?: SourceInput[] | null;

  @Field(() => DateTime, { nullable: true, description: "When it began to hold; null for ever." })
  validFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ceased to hold; null for never." })
  validTo?: Date | null;

  @Field(() => Int, { nullable: true, description: "Refused where the triple has another revision by now." })
  expectedRevision?: number | null;
}
