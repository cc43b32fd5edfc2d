import { Field, Float, InputType, Int } from "type-graphql";
import type { ProposalMethod } from "../../kg/types.ts";
import { ProposalMethodEnum } from "../enums.ts";
import { EditInput } from "./EditInput.ts";
import { SourceInput } from "./SourceInput.ts";

/** A text to take triples from. */
@InputType("ExtractTriplesInput", { description: "A text whose triples become proposals." })
export class ExtractTriplesInput extends EditInput {
  @Field(() => String, { description: "The text, at most 50,000 characters." })
  text: string;

  @Field(() => SourceInput, { nullable: true, description: "Where the text comes from." })
  source?: SourceInput | null;

  @Field(() => [ProposalMethodEnum], {
    nullable: true,
    description: "How to read it; in all ways there are where left out.",
  })
  methods?: ProposalMethod[] | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description: "Propose only what has this confidence or more, 0 to 1.",
  })
  minConfidence?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description:
      "Propose also so many triples that are likely missing of each entity that the text names, at most 10.",
  })
  likely?: number | null;
}
