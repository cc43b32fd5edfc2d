import { Field, ObjectType } from "type-graphql";
import { RoleEnum } from "./enums.ts";

/** GraphQL shape of whoever sends the request. */
@ObjectType("Viewer", { simpleResolvers: true, description: "Whoever sends the request." })
export class ViewerType {
  @Field(() => String, { description: 'Name of the key, or "anonymous".' })
  name: string;

  @Field(() => RoleEnum, { description: "What the viewer may do." })
  role: string;

  @Field(() => Boolean, { description: "Whether the request carried a valid key." })
  authenticated: boolean;

  @Field(() => String, { description: 'What the server computes tensors with, such as "wasm 4.22.0 on …".' })
  backend: string;
}
