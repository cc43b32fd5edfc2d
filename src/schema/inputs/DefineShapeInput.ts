import { Field, Float, InputType, Int } from "type-graphql";
import type { Datatype, Scalar as ScalarValue, Severity } from "../../kg/types.ts";
import { DatatypeEnum, DirectionEnum, SeverityEnum } from "../enums.ts";
import { Scalar } from "../scalars.ts";
import { EditInput } from "./EditInput.ts";

/** A shape as a whole. */
@InputType("DefineShapeInput", {
  description: "A shape as a whole: what is left out sets no bound. About either an attribute or a relation.",
})
export class DefineShapeInput extends EditInput {
  @Field(() => String, { description: "Stable key; a shape that has it is replaced." })
  key: string;

  @Field(() => String, { nullable: true, description: "Type of the entities; null for any." })
  type?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of an attribute, or "@key", "@name", "@description", "@aliases".',
  })
  attribute?: string | null;

  @Field(() => String, { nullable: true, description: "Key of a relation." })
  relation?: string | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: "OUT, the default of a relation: triples that the entity is the head of; IN: the tail.",
  })
  direction?: "OUT" | "IN" | "BOTH" | null;

  @Field(() => Int, { nullable: true, description: "Fewest values or triples; too few triples only warn." })
  minCount?: number | null;

  @Field(() => Int, { nullable: true, description: "Most values or triples." })
  maxCount?: number | null;

  @Field(() => DatatypeEnum, { nullable: true, description: "What each value must be." })
  datatype?: Datatype | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A regular expression of RE2's syntax, found anywhere in the text of a value; what needs backtracking is refused.",
  })
  pattern?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Of the pattern: i for any case, m for lines, s for all of a text.",
  })
  flags?: string | null;

  @Field(() => Int, { nullable: true, description: "Fewest characters of a value." })
  minLength?: number | null;

  @Field(() => Int, { nullable: true, description: "Most characters of a value." })
  maxLength?: number | null;

  @Field(() => Float, { nullable: true, description: "Least value." })
  minimum?: number | null;

  @Field(() => Float, { nullable: true, description: "Greatest value." })
  maximum?: number | null;

  @Field(() => [Scalar], { nullable: true, description: "The only values." })
  allowed?: ScalarValue[] | null;

  @Field(() => [String], { nullable: true, description: "Types that the entity at the other end may have." })
  nodeTypes?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Key of the relation that says the same from the other end.",
  })
  inverse?: string | null;

  @Field(() => SeverityEnum, {
    nullable: true,
    defaultValue: SeverityEnum.ERROR,
    description: "Whether a breach refuses an edit, or is told beside it.",
  })
  severity?: Severity | null;

  @Field(() => String, { nullable: true, description: "What a breach is told as." })
  message?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Refused where the shape has another revision by now; 0 where it must be new.",
  })
  expectedRevision?: number | null;
}
