import { Field, ObjectType } from "type-graphql";
import { ChangeType } from "../ChangeType.ts";
import { EditPayload } from "./EditPayload.ts";

/** Answer of `revertChange`. */
@ObjectType("ChangePayload", {
  simpleResolvers: true,
  description: "Answer of `revertChange`: `change` is the new change that undoes the old one.",
})
export class ChangePayload extends EditPayload {
  @Field(() => ChangeType, { nullable: true, description: "The change that is undone; null where refused." })
  reverted: unknown;
}
