import { Field, Float, InputType } from "type-graphql";
import type { ProposalMethod } from "../../kg/types.ts";
import { ProposalMethodEnum } from "../enums.ts";
import { DateTime, JSONObject } from "../scalars.ts";
import { SourceInput } from "./SourceInput.ts";
import { TextSpanInput } from "./TextSpanInput.ts";

/** A triple to propose; head, relation and tail are keys. */
@InputType("ProposedTripleInput", { description: "A triple to propose." })
export class ProposedTripleInput {
  @Field(() => String, { description: "Key of the head, an entity of the graph or of `entities`." })
  head: string;

  @Field(() => String, { description: "Key of the relation." })
  relation: string;

  @Field(() => String, { description: "Key of the tail, an entity of the graph or of `entities`." })
  tail: string;

  @Field(() => Float, { nullable: true, defaultValue: 1, description: "0 to 1." })
  confidence?: number | null;

  @Field(() => JSONObject, { nullable: true, description: "Literal facts about the statement." })
  qualifiers?: { [key: string]: unknown } | null;

  @Field(() => [SourceInput], { nullable: true, description: "Where it comes from." })
  sources?: SourceInput[] | null;

  @Field(() => DateTime, { nullable: true, description: "When it began to hold." })
  validFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ceased to hold." })
  validTo?: Date | null;

  @Field(() => ProposalMethodEnum, {
    nullable: true,
    description: "How it was found; MANUAL where left out.",
  })
  method?: ProposalMethod | null;

  @Field(() => TextSpanInput, { nullable: true, description: "The words of a text that say it." })
  span?: TextSpanInput | null;
}
