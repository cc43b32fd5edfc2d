import { Field, ID, InputType, Int } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** The triple to take back. */
@InputType("RetractTripleInput", { description: "The triple to take back; the change log keeps it." })
export class RetractTripleInput extends EditInput {
  @Field(() => ID, { description: "Global id of the triple." })
  id: string;

  @Field(() => Int, { nullable: true, description: "Refused where the triple has another revision by now." })
  expectedRevision?: number | null;
}
