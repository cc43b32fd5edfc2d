import { Field, ID, InterfaceType } from "type-graphql";
import type { NodeType as NodeName } from "./globalId.ts";

/** What `node` resolves to: a domain object with the name of its type. */
export type AnyNode = { readonly __typename: NodeName };

/** Anything with a global id. */
@InterfaceType("Node", {
  description: "Anything with a global id.",
  resolveType: (node: AnyNode) => node.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: "Opaque and global; survives restarts and re-imports." })
  id: string;
}
