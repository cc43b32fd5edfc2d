import { Field, ObjectType } from "type-graphql";

/** Relay's PageInfo. */
@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page stands in its list." })
export class PageInfoType {
  @Field(() => Boolean, { description: "More follows behind `endCursor`." })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: "More precedes `startCursor`." })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first edge; null for an empty page." })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last edge; null for an empty page." })
  endCursor: string | null;
}
