import { Field, Float, ObjectType } from "type-graphql";
import { ComponentKindEnum } from "./enums.ts";
import { PathType } from "./PathType.ts";

/** GraphQL shape of evidence. */
@ObjectType("Evidence", { simpleResolvers: true, description: "A path with its share of the score." })
export class EvidenceType {
  @Field(() => ComponentKindEnum, { description: "The part of the score that it belongs to." })
  component: string;

  @Field(() => String, { nullable: true, description: "Name of the vector set that it comes from." })
  vectors: string | null;

  @Field(() => PathType, { description: "From an item of the user's history to the scored item." })
  path: unknown;

  @Field(() => Float, { description: "|contribution| as a share over all evidence of the item, 0 to 1." })
  attention: number;

  @Field(() => Float, { description: "Signed part of the score." })
  contribution: number;

  @Field(() => Float, { description: "Change of the score were this path gone, other things frozen." })
  deltaIfRemoved: number;

  @Field(() => Float, {
    description: "What the user's wish for less has left of it, 0 to 1; it is in the contribution already.",
  })
  damping: number;

  @Field(() => String, { description: "The path in words, for an end user." })
  sentence: string;
}
