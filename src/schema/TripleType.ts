import { Field, Float, Int, ObjectType } from "type-graphql";
import { ChangeConnectionType } from "./connections.ts";
import { EntityType } from "./EntityType.ts";
import { TripleRankEnum } from "./enums.ts";
import { NodeType } from "./NodeType.ts";
import { RelationType } from "./RelationType.ts";
import { SourceType } from "./SourceType.ts";
import { DateTime, JSONObject } from "./scalars.ts";

/** GraphQL shape of a triple. */
@ObjectType("Triple", {
  implements: NodeType,
  simpleResolvers: true,
  description: "One statement of the graph: head, relation, tail.",
})
export class TripleType extends NodeType {
  @Field(() => EntityType, { description: "What the statement is about." })
  head: unknown;

  @Field(() => RelationType, { description: "What it says." })
  relation: unknown;

  @Field(() => EntityType, { description: "The other end." })
  tail: unknown;

  @Field(() => Float, { description: "0 to 1." })
  confidence: number;

  @Field(() => TripleRankEnum, { description: "A deprecated triple is kept and never used for ranking." })
  rank: string;

  @Field(() => JSONObject, { description: "Literal facts about the statement." })
  qualifiers: object;

  @Field(() => [SourceType], { description: "Where it comes from." })
  sources: SourceType[];

  @Field(() => DateTime, { nullable: true, description: "When it began to hold; null where unknown." })
  validFrom: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ceased to hold; null where it has not." })
  validTo: Date | null;

  @Field(() => Int, { description: "Counts its edits; give it as `expectedRevision`." })
  revision: number;

  @Field(() => ChangeConnectionType, { description: "Its changes, newest first." })
  changes: unknown;
}
