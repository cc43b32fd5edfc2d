import { Field, Float, Int, ObjectType } from "type-graphql";
import { ComponentKindEnum } from "./enums.ts";

/** GraphQL shape of a part of the score. */
@ObjectType("ScoreComponent", {
  simpleResolvers: true,
  description: "A part of the score: the sum of its evidence and of `otherEvidence`, exactly.",
})
export class ScoreComponentType {
  @Field(() => ComponentKindEnum, { description: "Which part." })
  kind: string;

  @Field(() => Float, { description: "Learned fusion weight." })
  weight: number;

  @Field(() => Float, { description: "Its share of the score, signed." })
  value: number;

  @Field(() => Float, {
    description: "Part carried by evidence beyond the kept limit, or by none that a path names.",
  })
  otherEvidence: number;

  @Field(() => Int, { description: "How many pieces of evidence `otherEvidence` sums." })
  otherEvidenceCount: number;
}
