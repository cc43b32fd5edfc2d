import type {
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";

/**
 * Counts the fields of an operation with each fragment written out where it is spread, at most `limit` + 1: what
 * compiling it would cost. Each fragment is read once, so a bomb of fragments is counted in linear time. Fields of
 * introspection count as too many: they are answered once per tool, not once per page.
 */
export function sizeOfOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  limit: number,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
  }
  const sizes = new Map<string, number>();

  function sizeOfFragment(name: string): number {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    sizes.set(name, limit + 1); // a cycle, which validation refuses, ends here
    const fragment = fragments.get(name);
    const size = fragment ? sizeOf(fragment.selectionSet) : 0;
    sizes.set(name, size);
    return size;
  }

  function sizeOf({ selections }: SelectionSetNode): number {
    let size = 0;
    for (const selection of selections) {
      if (selection.kind === "FragmentSpread") size += sizeOfFragment(selection.name.value);
      else if (selection.kind === "InlineFragment") size += sizeOf(selection.selectionSet);
      else if (selection.name.value === "__schema" || selection.name.value === "__type") return limit + 1;
      else size += 1 + (selection.selectionSet ? sizeOf(selection.selectionSet) : 0);
      if (size > limit) return limit + 1;
    }
    return size;
  }

  return sizeOf(operation.selectionSet);
}
