import { Field, Int, ObjectType } from "type-graphql";

/** GraphQL shape of what became of the triples of merged entities. */
@ObjectType("Merge", { simpleResolvers: true, description: "What became of the triples of merged entities." })
export class MergeType {
  @Field(() => Int, { description: "Triples that lead to or from the survivor now." })
  triplesMoved: number;

  @Field(() => Int, {
    description:
      "Triples that are gone because they said the same as another one, which has their sources now.",
  })
  triplesCombined: number;

  @Field(() => Int, {
    description:
      "Triples between the merged ones that are gone, because they would lead from the survivor to itself.",
  })
  loopsDropped: number;
}
