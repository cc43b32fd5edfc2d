import { Field, Int, ObjectType } from "type-graphql";
import { ChangeConnectionType } from "./connections.ts";
import { NodeType } from "./NodeType.ts";

/** GraphQL shape of a relation. */
@ObjectType("Relation", { implements: NodeType, simpleResolvers: true, description: "A type of edge." })
export class RelationType extends NodeType {
  @Field(() => String, { description: 'The tenant\'s own stable key, such as "directed_by".' })
  key: string;

  @Field(() => String, { description: 'Text between head and tail, such as "directed by".' })
  label: string;

  @Field(() => String, { nullable: true, description: 'Text between tail and head, such as "directed".' })
  inverseLabel: string | null;

  @Field(() => [String], { nullable: true, description: "Types that a head may have; null for any." })
  domain: string[] | null;

  @Field(() => [String], { nullable: true, description: "Types that a tail may have; null for any." })
  range: string[] | null;

  @Field(() => Int, { nullable: true, description: "Most triples per head; null for any number." })
  maxPerHead: number | null;

  @Field(() => Boolean, { description: "Whether it holds both ways." })
  symmetric: boolean;

  @Field(() => Int, { description: "How many triples have it." })
  tripleCount: number;

  @Field(() => Int, { description: "Counts its edits; give it as `expectedRevision`." })
  revision: number;

  @Field(() => ChangeConnectionType, { description: "Its changes, newest first." })
  changes: unknown;
}
