import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { FederatedType, Representation, ServiceType } from "../schema/FederationType.ts";
import { MAX_NODES } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import type { AnyNode } from "../schema/NodeType.ts";
import { printSubgraph } from "../schema/printSubgraph.ts";
import { findRepresented } from "./findRepresented.ts";

let printed: string | undefined;

/** This gateway as a subgraph of Apollo Federation 2. */
@Resolver()
export class FederationResolver {
  @Needs("graph:read")
  @Query(() => ServiceType, { name: "_service", description: "This gateway as a subgraph." })
  service(@Info() { schema }: GraphQLResolveInfo): ServiceType {
    printed ??= printSubgraph(schema);
    return { sdl: printed };
  }

  @Needs([], { told: "Needs what the type of the object needs." })
  @Query(() => [FederatedType], {
    name: "_entities",
    nullable: "items",
    description: "The objects that these representations name, in their order; null where unknown.",
  })
  entities(
    @Arg("representations", () => [Representation], {
      description: "A type with its global `id`, or an Entity with its `key`; at most 100.",
    })
    representations: unknown[],
    @Ctx() context: Context,
  ): Promise<AnyNode | null>[] {
    if (representations.length <= MAX_NODES)
      return representations.map((one) => findRepresented(one, context));
    const count = representations.length;
    throw new DomainError(
      "BAD_USER_INPUT",
      `representations has ${count} values; expected at most ${MAX_NODES}`,
    );
  }
}
