import { Field, Float, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { ProposalStatusEnum } from "./enums.ts";
import { NodeType } from "./NodeType.ts";
import { RelationType } from "./RelationType.ts";
import { SourceType } from "./SourceType.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of a proposed triple. */
@ObjectType("Proposal", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A triple that somebody proposes and a curator has to review.",
})
export class ProposalType extends NodeType {
  @Field(() => ProposalStatusEnum, { description: "Where it stands." })
  status: string;

  @Field(() => EntityType, { description: "Head of the proposed triple." })
  head: unknown;

  @Field(() => RelationType, { description: "Relation of the proposed triple." })
  relation: unknown;

  @Field(() => EntityType, { description: "Tail of the proposed triple." })
  tail: unknown;

  @Field(() => Float, { description: "0 to 1." })
  confidence: number;

  @Field(() => [SourceType], { description: "Where it comes from." })
  sources: SourceType[];

  @Field(() => String, { description: "Who proposes it." })
  proposedBy: string;

  @Field(() => DateTime, { description: "When it was proposed." })
  proposedAt: Date;
}
