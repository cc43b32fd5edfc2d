import { Field, Float, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { DirectionEnum, StepKindEnum } from "./enums.ts";
import { RelationType } from "./RelationType.ts";
import { TripleType } from "./TripleType.ts";

/** GraphQL shape of one step of a path. */
@ObjectType("PathStep", { simpleResolvers: true, description: "One step of a path." })
export class PathStepType {
  @Field(() => EntityType, { description: "Where the step begins." })
  from: unknown;

  @Field(() => EntityType, { description: "Where it ends." })
  to: unknown;

  @Field(() => StepKindEnum, { description: "What it walks along." })
  kind: string;

  @Field(() => RelationType, { nullable: true, description: "Null unless `kind` is TRIPLE." })
  relation: unknown;

  @Field(() => DirectionEnum, {
    description: "OUT from head to tail, IN from tail to head, BOTH without direction.",
  })
  direction: string;

  @Field(() => TripleType, {
    nullable: true,
    description: "The very triple walked, so that a curator can open it; null unless `kind` is TRIPLE.",
  })
  triple: unknown;

  @Field(() => Float, { description: "This step's factor in the strength of the path." })
  weight: number;
}
