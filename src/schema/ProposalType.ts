import { Field, Float, Int, ObjectType } from "type-graphql";
import { ChangeType } from "./ChangeType.ts";
import { ProposalMethodEnum, ProposalStatusEnum } from "./enums.ts";
import { NodeType } from "./NodeType.ts";
import { ProblemType } from "./ProblemType.ts";
import { ProposalDiffType } from "./ProposalDiffType.ts";
import { ProposalEndType } from "./ProposalEndType.ts";
import { RelationType } from "./RelationType.ts";
import { SourceType } from "./SourceType.ts";
import { DateTime, JSONObject } from "./scalars.ts";
import { TextSpanType } from "./TextSpanType.ts";
import { TripleType } from "./TripleType.ts";

/** GraphQL shape of a proposed triple. */
@ObjectType("Proposal", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A triple that somebody proposes and a curator has to review.",
})
export class ProposalType extends NodeType {
  @Field(() => ProposalStatusEnum, { description: "Where it stands." })
  status: string;

  @Field(() => ProposalEndType, { description: "Head of the proposed triple." })
  head: unknown;

  @Field(() => RelationType, {
    nullable: true,
    description: "Relation of the proposed triple; null where it is gone.",
  })
  relation: unknown;

  @Field(() => ProposalEndType, { description: "Tail of the proposed triple." })
  tail: unknown;

  @Field(() => Float, { description: "0 to 1, the highest that a supporter gave." })
  confidence: number;

  @Field(() => JSONObject, { description: "Literal facts about the statement." })
  qualifiers: object;

  @Field(() => [SourceType], { description: "Where it comes from, as all supporters say." })
  sources: SourceType[];

  @Field(() => DateTime, { nullable: true, description: "When it began to hold." })
  validFrom: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ceased to hold." })
  validTo: Date | null;

  @Field(() => ProposalMethodEnum, { description: "How it was found." })
  method: string;

  @Field(() => TextSpanType, { nullable: true, description: "The words of a text that say it." })
  span: TextSpanType | null;

  @Field(() => String, { nullable: true, description: "Why, in the words of who proposed it first." })
  reason: string | null;

  @Field(() => String, { description: "Who proposes it; the first of the supporters." })
  proposedBy: string;

  @Field(() => DateTime, { description: "When it was proposed." })
  proposedAt: Date;

  @Field(() => [String], { description: "All who proposed it, the first one first." })
  supporters: string[];

  @Field(() => Int, { description: "How many proposed it." })
  supporterCount: number;

  @Field(() => String, { nullable: true, description: "Who reviewed it, or took it back." })
  reviewedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was reviewed or taken back." })
  reviewedAt: Date | null;

  @Field(() => String, { nullable: true, description: "What the reviewer said." })
  note: string | null;

  @Field(() => ChangeType, { nullable: true, description: "The change that accepted it." })
  change: unknown;

  @Field(() => TripleType, {
    nullable: true,
    description: "The triple that it became; null where that is gone again.",
  })
  triple: unknown;

  @Field(() => Int, { description: "Counts its edits, a new supporter too; give it as `expectedRevision`." })
  revision: number;

  @Field(() => [ProposalDiffType], {
    description: "What accepting it now would write: the real edit, rolled back. Empty unless it is pending.",
  })
  diff: unknown[];

  @Field(() => [ProblemType], {
    description: "Why it cannot be accepted as the graph is now, by the checks of the real edit.",
  })
  conflicts: unknown[];

  @Field(() => [TripleType], {
    description: "Triples that speak against it: the same statement, or those that take its only place.",
  })
  contradicting: unknown[];
}
