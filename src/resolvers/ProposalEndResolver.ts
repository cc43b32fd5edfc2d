import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, NewEntity } from "../kg/types.ts";
import { ProposalEndType } from "../schema/ProposalEndType.ts";

/** A head or tail that is proposed. */
export interface ProposalEnd {
  readonly key: string;
  /** What is to be created where the graph lacks it. */
  readonly proposed: NewEntity | null;
}

/** Fields of a proposed head or tail that need the graph. */
@Resolver(() => ProposalEndType)
export class ProposalEndResolver {
  @FieldResolver()
  entity(@Root() { key }: ProposalEnd, @Ctx() { entitiesByKey }: Context): Promise<Entity | null> {
    return entitiesByKey.load(key);
  }
}
