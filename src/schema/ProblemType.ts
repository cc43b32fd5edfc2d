import { Field, InterfaceType, ObjectType } from "type-graphql";
import { ProblemCodeEnum, SeverityEnum } from "./enums.ts";

/** A mistake of the user: typed, never thrown. */
@InterfaceType("Problem", {
  description: "A mistake in the input: typed, never thrown.",
  resolveType: () => "InputProblem",
})
export abstract class ProblemType {
  @Field(() => ProblemCodeEnum, { description: "What is wrong." })
  code: string;

  @Field(() => String, { description: "What is wrong, the value, and what was expected." })
  message: string;

  @Field(() => [String], { nullable: true, description: "Leads to the faulty field of the input." })
  path: string[] | null;

  @Field(() => SeverityEnum, { description: "Whether it keeps the edit from being written." })
  severity: string;
}

/** The only kind of problem so far. */
@ObjectType("InputProblem", {
  implements: ProblemType,
  simpleResolvers: true,
  description: "A mistake in one field of the input, or in how its fields fit the graph.",
})
export class InputProblemType extends ProblemType {}
