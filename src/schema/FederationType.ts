import { GraphQLScalarType } from "graphql";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { ChangeType } from "./ChangeType.ts";
import { EntityType } from "./EntityType.ts";
import { JobType } from "./JobType.ts";
import { ModelType } from "./ModelType.ts";
import type { AnyNode } from "./NodeType.ts";
import { ProposalType } from "./ProposalType.ts";
import { RelationType } from "./RelationType.ts";
import { TripleType } from "./TripleType.ts";

/** A representation as a federation gateway sends it: the name of a type and the fields of one of its keys. */
export const Representation = new GraphQLScalarType({
  name: "_Any",
  description: "The name of a type as `__typename`, and the fields of one of its keys.",
});

/** Whatever another subgraph may extend. */
export const FederatedType = createUnionType({
  name: "_Entity",
  description: "What other subgraphs may refer to by a key.",
  types: () => [EntityType, RelationType, TripleType, ChangeType, ModelType, JobType, ProposalType] as const,
  resolveType: (found) => (found as unknown as AnyNode).__typename,
});

/** This gateway as a subgraph. */
@ObjectType("_Service", { description: "This gateway as a subgraph of Apollo Federation 2." })
export class ServiceType {
  @Field(() => String, { description: "The schema with its federation directives." })
  sdl: string;
}
