import { Field, ObjectType } from "type-graphql";
import { TripleType } from "../TripleType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of an edit of a triple. */
@ObjectType("TriplePayload", { simpleResolvers: true, description: "Answer of an edit of a triple." })
export class TriplePayload extends EditPayload {
  @Field(() => TripleType, {
    nullable: true,
    description: "As it is now, or was before it was retracted; null where the edit was refused.",
  })
  triple: unknown;
}
