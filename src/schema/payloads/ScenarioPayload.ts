import { Field, ObjectType } from "type-graphql";
import { ProblemType } from "../ProblemType.ts";
import { ScenarioType } from "../ScenarioType.ts";

/** Answer of an edit of a scenario. */
@ObjectType("ScenarioPayload", { simpleResolvers: true, description: "Answer of an edit of a scenario." })
export class ScenarioPayload {
  @Field(() => ScenarioType, {
    nullable: true,
    description: "The version that stands; null where the edit was refused.",
  })
  scenario: unknown;

  @Field(() => [ProblemType], { description: "What is wrong with the input; empty where all went well." })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph, which scenarios leave as it is." })
  graphRevision: string;
}
