import { Field, Float, Int, ObjectType } from "type-graphql";
import type { RelationId } from "../kg/types.ts";
import { DatatypeEnum, DirectionEnum, SeverityEnum } from "./enums.ts";
import { RelationType } from "./RelationType.ts";
import { Scalar } from "./scalars.ts";

/** GraphQL shape of a shape. */
@ObjectType("Shape", {
  simpleResolvers: true,
  description: "What entities of one type must be like in one respect: in an attribute, or in a relation.",
})
export class ShapeType {
  @Field(() => String, { description: "Its stable key." })
  key: string;

  @Field(() => String, { nullable: true, description: "Type of the entities; null for any." })
  type: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of an attribute, or "@key", "@name", "@description", "@aliases"; null where it is about a relation.',
  })
  attribute: string | null;

  @Field(() => RelationType, { nullable: true, description: "Null where it is about an attribute." })
  relation: unknown;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: "OUT: triples that the entity is the head of; IN: the tail.",
  })
  direction: string | null;

  @Field(() => Int, { nullable: true, description: "Fewest values or triples; too few triples only warn." })
  minCount: number | null;

  @Field(() => Int, { nullable: true, description: "Most values or triples." })
  maxCount: number | null;

  @Field(() => DatatypeEnum, { nullable: true, description: "What each value must be." })
  datatype: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A regular expression of RE2's syntax, found anywhere in the text of a value.",
  })
  pattern: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Of the pattern: i for any case, m for lines, s for all of a text.",
  })
  flags: string | null;

  @Field(() => Int, { nullable: true, description: "Fewest characters of a value." })
  minLength: number | null;

  @Field(() => Int, { nullable: true, description: "Most characters of a value." })
  maxLength: number | null;

  @Field(() => Float, { nullable: true, description: "Least value." })
  minimum: number | null;

  @Field(() => Float, { nullable: true, description: "Greatest value." })
  maximum: number | null;

  @Field(() => [Scalar], { nullable: true, description: "The only values." })
  allowed: unknown[] | null;

  @Field(() => [String], { nullable: true, description: "Types that the entity at the other end may have." })
  nodeTypes: string[] | null;

  @Field(() => RelationType, {
    nullable: true,
    description: "The relation that says the same from the other end: only one of the two states a triple.",
  })
  inverse: unknown;

  @Field(() => SeverityEnum, { description: "Whether a breach refuses an edit." })
  severity: string;

  @Field(() => String, {
    nullable: true,
    description: "What a breach is told as; null for words made from the rule.",
  })
  message: string | null;

  @Field(() => Int, { description: "Counts its edits; give it as `expectedRevision`." })
  revision: number;

  relationId: RelationId | null;
  inverseId: RelationId | null;
}
