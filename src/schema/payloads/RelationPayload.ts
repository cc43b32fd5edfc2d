import { Field, ObjectType } from "type-graphql";
import { RelationType } from "../RelationType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of an edit of a relation. */
@ObjectType("RelationPayload", { simpleResolvers: true, description: "Answer of an edit of a relation." })
export class RelationPayload extends EditPayload {
  @Field(() => RelationType, {
    nullable: true,
    description: "As it is now; null where the edit was refused.",
  })
  relation: unknown;
}
