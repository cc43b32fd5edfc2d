import type { FieldNode, GraphQLField, ValueNode } from "graphql";

/** Variables as they are coerced, their defaults included. */
export type Variables = Readonly<Record<string, unknown>>;

type Field = GraphQLField<unknown, unknown>;

/**
 * Reads an argument of a field as it will be coerced, with the schema's default where it is left out; undefined where it
 * is neither a number nor null.
 */
export function valueAt(
  node: FieldNode,
  field: Field,
  { name, variables }: { readonly name: string; readonly variables: Variables },
): unknown {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const fallback = field.args.find((argument) => argument.name === name)?.defaultValue;
  if (!given) return fallback;
  if (given.kind === "Variable") {
    return given.name.value in variables ? variables[given.name.value] : fallback;
  }
  return given.kind === "NullValue" ? null : given.kind === "IntValue" ? Number(given.value) : undefined;
}

/** Whether a field is given an argument, other than null; defaults do not count. */
export function isGiven(node: FieldNode, name: string, variables: Variables): boolean {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (!given) return false;
  return given.kind === "Variable" ? variables[given.name.value] != null : given.kind !== "NullValue";
}

/** Counts the entries of a list in the arguments, at a path with dots; null where it cannot be known. */
export function sizeAt(
  node: FieldNode,
  field: Field,
  { path, variables }: { readonly path: string; readonly variables: Variables },
): number | null {
  const [name, ...rest] = path.split(".");
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (!given) return sizeOf(field.args.find((argument) => argument.name === name)?.defaultValue, rest);
  return sizeOfNode(given, rest, variables);
}

function sizeOfNode(node: ValueNode, path: readonly string[], variables: Variables): number | null {
  if (node.kind === "Variable") return sizeOf(variables[node.name.value], path);
  if (path.length > 0) {
    if (node.kind !== "ObjectValue") return null;
    const inner = node.fields.find((field) => field.name.value === path[0]);
    return inner ? sizeOfNode(inner.value, path.slice(1), variables) : 0;
  }
  return node.kind === "ListValue" ? node.values.length : node.kind === "NullValue" ? 0 : 1;
}

function sizeOf(value: unknown, path: readonly string[]): number | null {
  if (value == null) return 0;
  if (path.length > 0) {
    return typeof value === "object" ? sizeOf((value as Variables)[path[0]], path.slice(1)) : null;
  }
  return Array.isArray(value) ? value.length : 1;
}
