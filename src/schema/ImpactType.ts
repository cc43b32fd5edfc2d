import { Field, Float, Int, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { EvidenceType } from "./EvidenceType.ts";

/** GraphQL shape of where an item stands in a ranking. */
@ObjectType("ImpactStanding", {
  simpleResolvers: true,
  description: "Where an item stands in a user's ranking.",
})
export class ImpactStandingType {
  @Field(() => Int, { nullable: true, description: "1 = best; null where it is no candidate." })
  rank: number | null;

  @Field(() => Float, { description: "Comparable with the other scores of this answer." })
  score: number;
}

/** GraphQL shape of evidence that an edit changes. */
@ObjectType("EvidenceImpact", {
  simpleResolvers: true,
  description: "Evidence that carries something else after the edit.",
})
export class EvidenceImpactType {
  @Field(() => EvidenceType, {
    description: "As it is after the edit; where the edit ends it, as it is before.",
  })
  evidence: unknown;

  @Field(() => Float, { description: "Its part of the score before; 0 where it is new." })
  before: number;

  @Field(() => Float, { description: "Its part of the score after; 0 where it is gone." })
  after: number;
}

/** GraphQL shape of what an edit does to an item. */
@ObjectType("ItemImpact", {
  simpleResolvers: true,
  description: "What an edit does to an item of a user's recommendations.",
})
export class ItemImpactType {
  @Field(() => EntityType, { description: "The item." })
  item: unknown;

  @Field(() => ImpactStandingType, {
    nullable: true,
    description: "Where it stands now; null where it does not exist.",
  })
  before: ImpactStandingType | null;

  @Field(() => ImpactStandingType, {
    nullable: true,
    description: "Where it would stand; null where it would not exist.",
  })
  after: ImpactStandingType | null;

  @Field(() => [EvidenceImpactType], {
    description: "The evidence that makes the difference, most first; at most 10 pieces.",
  })
  because: unknown[];

  @Field(() => String, { description: "One sentence for a curator." })
  sentence: string;
}

/** GraphQL shape of what an edit does to a user's recommendations. */
@ObjectType("UserImpact", {
  simpleResolvers: true,
  description: "What an edit does to the first recommendations of a user.",
})
export class UserImpactType {
  @Field(() => String, { description: "The tenant's own key of the user." })
  user: string;

  @Field(() => [ItemImpactType], { description: "Items that come in, best rank first." })
  entering: unknown[];

  @Field(() => [ItemImpactType], { description: "Items that go." })
  leaving: unknown[];

  @Field(() => [ItemImpactType], { description: "Items that stay, with another rank or score." })
  moved: unknown[];
}

/** GraphQL shape of the sums over all measured users. */
@ObjectType("ImpactTotals", { simpleResolvers: true, description: "Sums over the users that were measured." })
export class ImpactTotalsType {
  @Field(() => Int, { description: "Users that were measured." })
  users: number;

  @Field(() => Int, { description: "Those whose recommendations would differ." })
  usersChanged: number;

  @Field(() => Int, { description: "Items that come in." })
  entering: number;

  @Field(() => Int, { description: "Items that go." })
  leaving: number;

  @Field(() => Int, { description: "Items that stay, with another rank or score." })
  moved: number;

  @Field(() => Float, { description: "The largest change of an item's score, signed." })
  largestScoreChange: number;
}
