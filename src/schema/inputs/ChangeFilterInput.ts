import { Field, InputType } from "type-graphql";
import { DateTime } from "../scalars.ts";

/** Which changes to list; all conditions must hold. */
@InputType("ChangeFilter", { description: "Which changes to list; all conditions must hold." })
export class ChangeFilterInput {
  @Field(() => String, {
    nullable: true,
    description: "Key of an entity: its changes and those of its triples.",
  })
  entity?: string | null;

  @Field(() => String, { nullable: true, description: "Who did it." })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: "What was done." })
  kind?: string | null;

  @Field(() => DateTime, { nullable: true, description: "At this moment or later." })
  since?: Date | null;
}
