import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

type Fragments = GraphQLResolveInfo["fragments"];

/** The selections under each field of some selections, by the field's name; `@skip` and `@include` are not asked. */
export type SelectedFields = ReadonlyMap<string, ReadonlySet<SelectionSetNode>>;

/** Gives the fields that `sets` select together, fragments included; each fragment is read once. */
export function fieldsOf(sets: Iterable<SelectionSetNode>, fragments: Fragments): SelectedFields {
  const fields = new Map<string, Set<SelectionSetNode>>();
  const pending = [...sets];
  const seen = new Set(pending);
  for (let set = pending.pop(); set; set = pending.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === "Field") {
        const under = fields.get(selection.name.value) ?? new Set();
        if (selection.selectionSet) under.add(selection.selectionSet);
        fields.set(selection.name.value, under);
        continue;
      }
      const spread =
        selection.kind === "InlineFragment"
          ? selection.selectionSet
          : fragments[selection.name.value].selectionSet;
      if (!seen.has(spread)) pending.push(spread);
      seen.add(spread);
    }
  }
  return fields;
}

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
  const pending = [...sets];
  const seen = new Set(pending);
  for (let set = pending.pop(); set; set = pending.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === "Field") {
        if (selection.name.value === name) found.add(selection);
        continue;
      }
      const spread =
        selection.kind === "InlineFragment"
          ? selection.selectionSet
          : fragments[selection.name.value].selectionSet;
      if (selection.directives?.length) {
        if (fieldsOf([spread], fragments).has(name)) return null;
      }
      if (!seen.has(spread)) pending.push(spread);
      seen.add(spread);
    }
  }
  const [field] = found;
  return found.size === 1 && !field.directives?.length ? field : null;
}
