import { Field, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { ProposedEntityType } from "./ProposedEntityType.ts";

/** GraphQL shape of a head or tail that is proposed. */
@ObjectType("ProposalEnd", {
  simpleResolvers: true,
  description:
    "A head or tail of a proposed triple: an entity of the graph, or one that is proposed with it.",
})
export class ProposalEndType {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => EntityType, { nullable: true, description: "As the graph has it; null where it does not." })
  entity: unknown;

  @Field(() => ProposedEntityType, {
    nullable: true,
    description: "What accepting creates where the graph does not have it.",
  })
  proposed: ProposedEntityType | null;
}
