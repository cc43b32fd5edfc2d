import { Field, Float, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { EvidenceType } from "./EvidenceType.ts";

/** GraphQL shape of a similar item. */
@ObjectType("SimilarItem", { simpleResolvers: true, description: "An item like another one, with evidence." })
export class SimilarItemType {
  @Field(() => EntityType, { description: "The similar item." })
  item: unknown;

  @Field(() => Float, { description: "Comparable within one response only." })
  score: number;

  @Field(() => [EvidenceType], { description: "Strongest |contribution| first." })
  evidence: unknown[];
}
