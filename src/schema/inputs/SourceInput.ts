import { Field, InputType } from "type-graphql";
import type { SourceMethod } from "../../kg/types.ts";
import { SourceMethodEnum } from "../enums.ts";
import { DateTime } from "../scalars.ts";

/** Where a triple comes from. */
@InputType("SourceInput", { description: "Where a triple comes from." })
export class SourceInput {
  @Field(() => String, { description: "Such as the name of a file, a site or a person." })
  name: string;

  @Field(() => String, { nullable: true, description: "Where it can be read." })
  url?: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was read." })
  retrievedAt?: Date | null;

  @Field(() => SourceMethodEnum, {
    nullable: true,
    defaultValue: SourceMethodEnum.CURATOR,
    description: "How the triple was taken from it.",
  })
  method?: SourceMethod | null;
}
