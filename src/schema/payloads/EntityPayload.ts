import { Field, ObjectType } from "type-graphql";
import { EntityType } from "../EntityType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of an edit of an entity. */
@ObjectType("EntityPayload", { simpleResolvers: true, description: "Answer of an edit of an entity." })
export class EntityPayload extends EditPayload {
  @Field(() => EntityType, { nullable: true, description: "As it is now; null where the edit was refused." })
  entity: unknown;
}
