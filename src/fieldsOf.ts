import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** Of a valid document, by name. */
export type Fragments = GraphQLResolveInfo["fragments"];

/** The selections under each field of some selections, by the field's name. */
export type SelectedFields = ReadonlyMap<string, ReadonlySet<SelectionSetNode>>;

/**
 * Reads the fields that `sets` select together, fragments included; each fragment is read once. `optional` are those
 * that a directive on a fragment may leave out; their own directives are not asked.
 */
export function* readFields(
  sets: Iterable<SelectionSetNode>,
  fragments: Fragments,
): Generator<{ readonly field: FieldNode; readonly optional: boolean }> {
  const pending = Array.from(sets, (set) => ({ set, optional: false }));
  const seen = new Set(sets);
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const selection of next.set.selections) {
      if (selection.kind === "Field") {
        yield { field: selection, optional: next.optional };
        continue;
      }
      const { selectionSet: set } =
        selection.kind === "InlineFragment" ? selection : fragments[selection.name.value];
      const optional = next.optional || (selection.directives?.length ?? 0) > 0;
      if (!seen.has(set)) pending.push({ set, optional });
      seen.add(set);
    }
  }
}

/** Gives the fields that `sets` select together, fragments included; `@skip` and `@include` are not asked. */
export function fieldsOf(sets: Iterable<SelectionSetNode>, fragments: Fragments): SelectedFields {
  const fields = new Map<string, Set<SelectionSetNode>>();
  for (const { field } of readFields(sets, fragments)) {
    const under = fields.get(field.name.value) ?? new Set();
    if (field.selectionSet) under.add(field.selectionSet);
    fields.set(field.name.value, under);
  }
  return fields;
}
