import { Field, ObjectType } from "type-graphql";
import { ChangeType } from "../ChangeType.ts";
import { ProblemType } from "../ProblemType.ts";

/** What every edit answers. */
@ObjectType("EditPayload", { simpleResolvers: true })
export abstract class EditPayload {
  @Field(() => ChangeType, { nullable: true, description: "Null where nothing was written." })
  change: unknown;

  @Field(() => [ProblemType], { description: "What is wrong with the input; empty where all went well." })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph after it; give it as `minRevision`." })
  graphRevision: string;
}
