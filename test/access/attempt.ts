import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import { globalId } from "../../src/schema/globalId.ts";

export type RootType = "Query" | "Mutation" | "Subscription";
type Field = GraphQLField<unknown, unknown>;

/** The root fields of the printed schema, as `Query.entity`. */
export function rootFields(schema: GraphQLSchema): [name: string, type: RootType, field: Field][] {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return types.flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field): [string, RootType, Field] => [
      `${type?.name}.${field.name}`,
      type?.name as RootType,
      field,
    ]),
  );
}

/** Whether an argument of the field speaks of users, at any depth. */
export function speaksOfUsers(field: Field): boolean {
  const speaks = (name: string, type: GraphQLInputType, deep: number): boolean => {
    const named = getNamedType(type);
    if (/^users?$/.test(name)) return true;
    if (!isInputObjectType(named) || deep > 5) return false;
    return Object.values(named.getFields()).some((inner) => speaks(inner.name, inner.type, deep + 1));
  };
  return field.args.some(({ name, type }) => speaks(name, type, 0));
}

/** Asks for a field with the least arguments that are valid; changes are dry runs. `user` is who they speak of. */
export function call(field: Field, user: string | null = null): string {
  const given = field.args.filter(
    ({ name, type, defaultValue }) =>
      (isNonNullType(type) && defaultValue === undefined) || (user !== null && /^users?$/.test(name)),
  );
  const args = given.map(({ name, type }) => `${name}: ${literal(name, type, user)}`);
  return `${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${selection(field.type)}`;
}

function selection(type: GraphQLOutputType): string {
  return isLeafType(getNamedType(type)) ? "" : " { __typename }";
}

function literal(name: string, type: GraphQLInputType, user: string | null): string {
  if (isNonNullType(type)) return literal(name, type.ofType, user);
  if (isListType(type)) return `[${literal(name, type.ofType, user)}]`;
  if (isEnumType(type)) return type.getValues()[0].name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [fields.find((field) => field.name === "key") ?? fields[0]]
      : fields.filter(
          (field) =>
            field.name === "dryRun" ||
            (isNonNullType(field.type) && field.defaultValue === undefined) ||
            (user !== null && /^users?$/.test(field.name)),
        );
    return `{${given.map((field) => `${field.name}: ${literal(field.name, field.type, user)}`).join(", ")}}`;
  }
  if (/^users?$/.test(name)) return JSON.stringify(user ?? "nobody");
  if (name === "dryRun") return "true";
  return SCALARS[type.name] ?? `"x"`;
}

const SCALARS: Readonly<Record<string, string>> = {
  Int: "1",
  Float: "0.5",
  Boolean: "false",
  ID: JSON.stringify(globalId("Triple", "1")),
  _Any: `{ __typename: "Triple", id: ${JSON.stringify(globalId("Triple", "1"))} }`,
  DateTime: `"2024-01-01T00:00:00Z"`,
  Duration: `"P1D"`,
  JSONObject: "{}",
  JSON: "{}",
};

/** Asks for a field in every way that a document offers; another operation beside it is harmless. */
export function disguise(type: RootType, asked: string): string {
  const operation = type.toLowerCase();
  return `
    query Harmless { viewer { name } }
    ${operation} Attempt($yes: Boolean = true) {
      ${asked}
      alias: ${asked}
      ...Named
      ... on ${type} @include(if: $yes) { inline: ${asked} }
      ... { bare: ${asked} }
    }
    fragment Named on ${type} { named: ${asked} ...Inner }
    fragment Inner on ${type} { ... @skip(if: false) { inner: ${asked} } }`;
}
