import { Field, ObjectType } from "type-graphql";
import { SCOPES } from "../access/scopes.ts";
import { RoleEnum } from "./enums.ts";
import { DateTime } from "./scalars.ts";

/** GraphQL shape of whoever sends the request. */
@ObjectType("Viewer", { simpleResolvers: true, description: "Whoever sends the request." })
export class ViewerType {
  @Field(() => String, {
    description: 'Name of the key; the name in a token, behind "jwt:"; or "anonymous".',
  })
  name: string;

  @Field(() => RoleEnum, { description: "What the viewer may do at most." })
  role: string;

  @Field(() => [String], { description: `What the viewer may do: ${tellScopes()}.` })
  scopes: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      "Users that the viewer may speak of: keys, or beginnings of keys with `*` behind; null for all.",
  })
  users: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the key or token ends; null where it does not.",
  })
  expiresAt: Date | null;

  @Field(() => Boolean, { description: "Whether the request carried a valid key or token." })
  authenticated: boolean;

  @Field(() => String, { description: 'What the server computes tensors with, such as "wasm 4.22.0 on …".' })
  backend: string;
}

function tellScopes(): string {
  return Object.entries(SCOPES)
    .map(([scope, told]) => `\`${scope}\` ${told}`)
    .join("; ");
}
