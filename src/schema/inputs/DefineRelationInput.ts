import { Field, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** A relation, new or not. */
@InputType("DefineRelationInput", {
  description:
    "A relation by its key: created where there is none; otherwise a field that is left out stays as it is.",
})
export class DefineRelationInput extends EditInput {
  @Field(() => String, { description: 'Stable key, such as "directed_by".' })
  key: string;

  @Field(() => String, {
    nullable: true,
    description: 'Text between head and tail, such as "directed by"; made from the key of a new relation.',
  })
  label?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text between tail and head, such as "directed"; null for none.',
  })
  inverseLabel?: string | null;

  @Field(() => [String], { nullable: true, description: "Types that a head may have; null for any." })
  domain?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Types that a tail may have; null for any." })
  range?: string[] | null;

  @Field(() => Int, { nullable: true, description: "Most triples per head; null for any number." })
  maxPerHead?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it holds both ways." })
  symmetric?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "Refused where the relation has another revision by now; 0 where it must be new.",
  })
  expectedRevision?: number | null;
}
