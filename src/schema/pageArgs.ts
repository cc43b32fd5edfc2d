import { ArgsType, Field, Int } from "type-graphql";

/** Relay's arguments of a list that is read forwards. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, { nullable: true, description: "Size of the page, at most 100." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor to go on behind." })
  after?: string | null;
}

/** Relay's arguments of a list that is read both ways. */
@ArgsType()
export class PageArgs extends ForwardArgs {
  @Field(() => Int, { nullable: true, description: "Size of the page when read backwards, at most 100." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor to go on before, backwards." })
  before?: string | null;
}
