import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { assertAllowed, assertUser } from "../access/assertAllowed.ts";
import { READING, rolesWith } from "../access/scopes.ts";
import type { Scope, Viewer } from "../access/types.ts";
import { NEED, type Need } from "./Needs.ts";

type Field = GraphQLField<unknown, { readonly viewer: Viewer }>;

/**
 * Puts what fields need before their resolvers: the one place where access is checked. Nothing is open by accident:
 * a schema is refused where a root field declares no need, or any field speaks of users and does not say of which.
 * @throws {TypeError} that names the field
 */
export function guardFields(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const need = field.extensions[NEED] as Need | undefined;
      const isRoot = roots.includes(type);
      assertDeclared(`${type.name}.${field.name}`, field, { need, isRoot });
      if (need) guard(field, need, { name: isRoot ? field.name : `${type.name}.${field.name}`, type });
    }
  }
}

function assertDeclared(
  name: string,
  field: Field,
  { need, isRoot }: { readonly need: Need | undefined; readonly isRoot: boolean },
): void {
  if (isRoot && !need) throw new TypeError(`${name} declares no need; expected @Needs(…) beside it`);
  if (need?.users || !field.args.some((arg) => speaksOfUsers(arg.name, arg.type))) return;
  throw new TypeError(`${name} speaks of users; expected @Needs(…, { users }) to say of which`);
}

function speaksOfUsers(
  name: string,
  type: GraphQLInputType,
  seen: ReadonlySet<unknown> = new Set(),
): boolean {
  if (/^users?$/i.test(name)) return true;
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  return Object.values(named.getFields()).some((field) =>
    speaksOfUsers(field.name, field.type, new Set([...seen, named])),
  );
}

function guard(
  field: Field,
  need: Need,
  { name, type }: { readonly name: string; readonly type: GraphQLObjectType },
): void {
  field.description = `${field.description ?? ""} ${tellNeed(need)}`.trim();
  const how = type.name === "Subscription" ? "subscribe" : "resolve";
  const resolve = field[how];
  if (!resolve) throw new TypeError(`${type.name}.${field.name} has no ${how}; expected one to guard`);
  field[how] = (source, args, context, info) => {
    assertNeed(need, args, context.viewer, name);
    return resolve(source, args, context, info);
  };
}

function assertNeed({ scopes, also, users }: Need, args: object, viewer: Viewer, name: string): void {
  if (scopes.length > 0) assertAllowed(viewer, scopes, name);
  if (also?.[2](args as never)) assertAllowed(viewer, [also[0]], `${name} ${also[1]}`);
  if (viewer.users === null || !users) return;
  const spoken = users(args as never);
  for (const user of spoken === "all" ? [null] : spoken.filter((one) => one != null)) {
    assertUser(viewer, user, name);
  }
}

/** What a field needs as its description says it. */
function tellNeed({ scopes, also, told }: Need): string {
  if (told !== undefined) return told;
  const further = also ? `, and \`${also[0]}\`${tellRoles(also[0])} ${also[1]}` : "";
  return `Needs ${scopes.map((scope) => `\`${scope}\`${tellRoles(scope)}`).join(" or ")}${further}.`;
}

function tellRoles(scope: Scope): string {
  return READING.includes(scope) ? "" : ` (${rolesWith(scope).join(", ")})`;
}
