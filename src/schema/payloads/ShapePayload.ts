import { Field, ObjectType } from "type-graphql";
import { ShapeType } from "../ShapeType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of an edit of a shape. */
@ObjectType("ShapePayload", { simpleResolvers: true, description: "Answer of an edit of a shape." })
export class ShapePayload extends EditPayload {
  @Field(() => ShapeType, {
    nullable: true,
    description: "As it is now, or was before it was deleted; null where the edit was refused.",
  })
  shape: unknown;
}
