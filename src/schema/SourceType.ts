import { Field, ObjectType } from "type-graphql";
import { SourceMethodEnum } from "./enums.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of a triple's source. */
@ObjectType("Source", { simpleResolvers: true, description: "Where a triple comes from." })
export class SourceType {
  @Field(() => String, { description: "Such as the name of a file, a site or a person." })
  name: string;

  @Field(() => String, { nullable: true, description: "Where it can be read." })
  url: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was read." })
  retrievedAt: string | null;

  @Field(() => SourceMethodEnum, { description: "How the triple was taken from it." })
  method: string;

  @Field(() => String, { nullable: true, description: "The words that say it." })
  quote: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who proposed it, where a curator accepted a proposal.",
  })
  proposedBy: string | null;
}
