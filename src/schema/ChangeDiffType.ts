import { Field, ID, ObjectType } from "type-graphql";
import { ChangeActionEnum, ChangeSubjectEnum } from "./enums.ts";
import { FieldDiffType } from "./FieldDiffType.ts";

/** What a change did to one entity, relation or triple in sum. */
@ObjectType("ChangeDiff", {
  simpleResolvers: true,
  description: "What a change did to one entity, relation or triple in sum.",
})
export class ChangeDiffType {
  @Field(() => ChangeSubjectEnum, { description: "What kind of thing it is." })
  subject: string;

  @Field(() => ID, { nullable: true, description: "Its global id, under which it may be gone by now." })
  id: string | null;

  @Field(() => String, {
    description: "An entity's name, a relation's label; of a triple \"head –relation→ tail\".",
  })
  label: string;

  @Field(() => ChangeActionEnum, { description: "What became of it." })
  action: string;

  @Field(() => [FieldDiffType], {
    description: "The fields that changed; of what was added or removed, those that hold something.",
  })
  fields: unknown[];

  @Field(() => String, { description: "Give it as `after` to go on behind." })
  cursor: string;
}
