import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";
import { type Fragments, fieldsOf, readFields, type SelectedFields } from "../fieldsOf.ts";

/** Gives the fields that a query selects of the nodes of a connection, and those of the connection itself. */
export function nodesOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">): {
  readonly node: SelectedFields;
  readonly edge: SelectedFields;
  readonly pageInfo: SelectedFields;
  /** The selections of a node. */
  readonly sets: readonly SelectionSetNode[];
} {
  const connection = fieldsOf(selectedOf(fieldNodes), fragments);
  const edge = fieldsOf(connection.get("edges") ?? [], fragments);
  const sets = [...(connection.get("nodes") ?? []), ...(edge.get("node") ?? [])];
  return {
    node: fieldsOf(sets, fragments),
    edge,
    pageInfo: fieldsOf(connection.get("pageInfo") ?? [], fragments),
    sets,
  };
}

/** Gives what some fields select. */
export function selectedOf(fieldNodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

/**
 * Gives the field of a name that `sets` select, fragments included; null where there is none, more than one, or one
 * that a directive may leave out.
 */
export function onlyFieldOf(
  sets: Iterable<SelectionSetNode>,
  name: string,
  fragments: Fragments,
): FieldNode | null {
  const found = new Set<FieldNode>();
  for (const { field, optional } of readFields(sets, fragments)) {
    if (field.name.value !== name) continue;
    if (optional || field.directives?.length) return null;
    found.add(field);
  }
  const [field] = found;
  return found.size === 1 ? field : null;
}
