import { Field, Float, ObjectType } from "type-graphql";
import { EvidenceType } from "./EvidenceType.ts";
import { ExplanationType } from "./ExplanationType.ts";

/** GraphQL shape of a comparison of two items. */
@ObjectType("Comparison", { simpleResolvers: true, description: "Why one item comes before another." })
export class ComparisonType {
  @Field(() => ExplanationType, { description: "Why `item` has its score." })
  item: unknown;

  @Field(() => ExplanationType, { description: "Why `over` has its score." })
  over: unknown;

  @Field(() => Float, { description: "item.score − over.score." })
  difference: number;

  @Field(() => [EvidenceType], { description: "The evidence that decides, strongest first." })
  because: unknown[];

  @Field(() => String, { description: "One sentence for an end user." })
  sentence: string;
}
