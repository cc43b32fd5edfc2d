import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, EntityOrder, Relation } from "../kg/types.ts";
import { EntityConnectionType, RelationConnectionType, TripleConnectionType } from "../schema/connections.ts";
import { EntityType } from "../schema/EntityType.ts";
import { EntityOrderEnum } from "../schema/enums.ts";
import { AsOfInput } from "../schema/inputs/AsOfInput.ts";
import { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { EntityFilterInput } from "../schema/inputs/EntityFilterInput.ts";
import { TripleFilterInput } from "../schema/inputs/TripleFilterInput.ts";
import { Needs } from "../schema/Needs.ts";
import { PathType } from "../schema/PathType.ts";
import { ForwardArgs, PageArgs } from "../schema/pageArgs.ts";
import { RelationType } from "../schema/RelationType.ts";
import { asOfArg, revisionOf } from "./asOf.ts";
import { connectionOf } from "./connectionOf.ts";
import { entityBy } from "./entityBy.ts";
import { findEntityBy } from "./findEntityBy.ts";
import { findPathsBetween } from "./findPathsBetween.ts";
import { entitySelection } from "./tripleSelection.ts";

/** Root fields that read the graph. */
@Resolver()
export class GraphResolver {
  @Needs("graph:read")
  @Query(() => EntityType, {
    nullable: true,
    description: "One entity; null where unknown. A merged entity resolves to its survivor.",
  })
  async entity(
    @Arg("by", () => EntityByInput, { description: "Its id or key." }) by: EntityByInput,
    @Arg("asOf", () => AsOfInput, asOfArg) asOf: AsOfInput | null | undefined,
    @Ctx() context: Context,
  ): Promise<Entity | null> {
    if (asOf) return context.past.findEntity(entityBy(by), await revisionOf(asOf, context));
    return findEntityBy(by, context);
  }

  @Needs("graph:read")
  @Query(() => EntityConnectionType, { description: "Entities that match." })
  async entities(
    @Arg("search", () => String, {
      nullable: true,
      description: "Part of a name or alias; a slip is forgiven.",
    })
    search: string | null | undefined,
    @Arg("filter", () => EntityFilterInput, { nullable: true, description: "Which ones." })
    filter: EntityFilterInput | null | undefined,
    @Arg("orderBy", () => EntityOrderEnum, {
      nullable: true,
      defaultValue: EntityOrderEnum.NAME_ASC,
      description: "Their order.",
    })
    orderBy: EntityOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { knowledge }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const order = orderBy ?? EntityOrderEnum.NAME_ASC;
    const select = entitySelection(info);
    return connectionOf(await knowledge.findEntities({ search, filter, order, select }, page));
  }

  @Needs("graph:read")
  @Query(() => RelationType, { nullable: true, description: "One relation; null where unknown." })
  async relation(
    @Arg("key", () => String, { description: "Its key." }) key: string,
    @Arg("asOf", () => AsOfInput, asOfArg) asOf: AsOfInput | null | undefined,
    @Ctx() context: Context,
  ): Promise<Relation | null> {
    if (asOf) return context.past.findRelation(key, await revisionOf(asOf, context));
    return context.knowledge.findRelation(key);
  }

  @Needs("graph:read")
  @Query(() => RelationConnectionType, { description: "All relations." })
  async relations(@Args(() => ForwardArgs) page: ForwardArgs, @Ctx() { knowledge }: Context) {
    return connectionOf(await knowledge.findRelations(page));
  }

  @Needs("graph:read")
  @Query(() => TripleConnectionType, { description: "Triples that match." })
  async triples(
    @Arg("filter", () => TripleFilterInput, { nullable: true, description: "Which ones." })
    filter: TripleFilterInput | null | undefined,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Arg("asOf", () => AsOfInput, asOfArg) asOf: AsOfInput | null | undefined,
    @Ctx() context: Context,
  ) {
    if (asOf) {
      const revision = await revisionOf(asOf, context);
      return connectionOf(await context.past.findTriples(filter ?? {}, page, revision));
    }
    return connectionOf(await context.knowledge.findTriples(filter ?? {}, page));
  }

  @Needs("graph:read")
  @Query(() => [PathType], { description: "Paths between two entities: shortest, then strongest." })
  paths(
    @Arg("from", () => EntityByInput, { description: "Where they begin." }) from: EntityByInput,
    @Arg("to", () => EntityByInput, { description: "Where they end." }) to: EntityByInput,
    @Arg("maxLength", () => Int, { nullable: true, defaultValue: 3, description: "Most steps, 1 to 6." })
    maxLength: number | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." })
    first: number | null,
    @Ctx() context: Context,
  ) {
    return findPathsBetween({ from, to, maxLength, first }, context);
  }
}
