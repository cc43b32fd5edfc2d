import { Field, Int, ObjectType } from "type-graphql";
import { ChangeDiffType } from "./ChangeDiffType.ts";
import { NodeType } from "./NodeType.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of a change. */
@ObjectType("Change", { implements: NodeType, simpleResolvers: true, description: "One reversible edit." })
export class ChangeType extends NodeType {
  @Field(() => String, { description: "Its number in commit order; the revision of the graph after it." })
  revision: string;

  @Field(() => String, { description: 'What was done, such as "addTriple" or "import".' })
  kind: string;

  @Field(() => String, { description: "Who did it." })
  actor: string;

  @Field(() => String, { nullable: true, description: "Why, in the actor's words." })
  reason: string | null;

  @Field(() => DateTime, { description: "When." })
  at: Date;

  @Field(() => String, {
    description: 'In one sentence: "anna merged Alien (1979) into Alien: 12 triples moved".',
  })
  sentence: string;

  @Field(() => Int, { description: "How many entities, relations and triples it changed." })
  diffCount: number;

  @Field(() => [ChangeDiffType], { description: "What it did to each of them, in the order of writing." })
  diff: unknown[];

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 over the change, its rows and the hash of the change before it, in hexadecimal; `whygraph audit --log` verifies it.",
  })
  hash: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Hash of the change before it; 64 zeros for the first.",
  })
  previousHash: string | null;

  @Field(() => ChangeType, { nullable: true, description: "The change that it undoes." })
  reverts: unknown;

  @Field(() => ChangeType, { nullable: true, description: "The newest change that undoes it." })
  revertedBy: unknown;
}
