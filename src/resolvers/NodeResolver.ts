import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { MAX_NODES } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import type { AnyNode } from "../schema/NodeType.ts";
import { NodeType } from "../schema/NodeType.ts";
import { findNode } from "./findNode.ts";

const OF_TYPE = { told: "Needs what the type of the object needs." } as const;

/** Relay's object identification. */
@Resolver()
export class NodeResolver {
  @Needs([], OF_TYPE)
  @Query(() => NodeType, {
    nullable: true,
    description: "The object with this global id; null where unknown.",
  })
  node(
    @Arg("id", () => ID, { description: "Global id." }) id: string,
    @Ctx() context: Context,
  ): Promise<AnyNode | null> {
    return findNode(id, context);
  }

  @Needs([], OF_TYPE)
  @Query(() => [NodeType], {
    nullable: "items",
    description: "The objects with these global ids, in their order; null where unknown.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Global ids, at most 100." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<AnyNode | null>[] {
    if (ids.length <= MAX_NODES) return ids.map((id) => findNode(id, context));
    throw new DomainError("BAD_USER_INPUT", `ids has ${ids.length} values; expected at most ${MAX_NODES}`);
  }
}
