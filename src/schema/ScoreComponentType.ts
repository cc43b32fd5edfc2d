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

  @Field(() => String, { nullable: true, description: "Name of the vector set, where the part has one." })
  vectors: string | null;

  @Field(() => String, { nullable: true, description: "Name of the booster, of a BOOST." })
  booster: string | null;

  @Field(() => Float, {
    description: "Learned fusion weight: what the first evidence is worth per mass, mean over its groups.",
  })
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
