import { Field, ID, InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** The model that shall serve. */
@InputType("ActivateModelInput", {
  description: "The model that shall serve: exactly one of `id`, and `previous: true`.",
})
export class ActivateModelInput extends EditInput {
  @Field(() => ID, { nullable: true, description: "Global id of the model." })
  id?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Return to the model that served before; once more, to the one before that.",
  })
  previous?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: "Global id of the model that serves now; refused where another one does.",
  })
  expectedActive?: string | null;
}
