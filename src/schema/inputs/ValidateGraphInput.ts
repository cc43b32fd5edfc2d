import { InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";

/** A validation of the whole graph. */
@InputType("ValidateGraphInput", { description: "A validation of the whole graph." })
export class ValidateGraphInput extends EditInput {}
