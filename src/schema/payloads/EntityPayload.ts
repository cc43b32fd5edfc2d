import { Field, ObjectType } from "type-graphql";
import { EntityType } from "../EntityType.ts";
import { MergeType } from "../MergeType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of an edit of an entity. */
@ObjectType("EntityPayload", { simpleResolvers: true, description: "Answer of an edit of an entity." })
export class EntityPayload extends EditPayload {
  @Field(() => EntityType, {
    nullable: true,
    description: "As it is now, or was before it was deleted; null where the edit was refused.",
  })
  entity: unknown;

  @Field(() => MergeType, { nullable: true, description: "What a merge did; null after any other edit." })
  merge: unknown;
}
