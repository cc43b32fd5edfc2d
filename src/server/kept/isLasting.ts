import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/**
 * Makes the function that tells whether all fields that an operation can ask for are marked, in the schema, as a function
 * of the graph (`extensions.lasting`). Each operation is looked at once.
 */
export function makeIsLasting(schema: GraphQLSchema) {
  const known = new WeakMap<OperationDefinitionNode, boolean>();
  return (document: DocumentNode, operation: OperationDefinitionNode): boolean => {
    let lasting = known.get(operation);
    if (lasting === undefined) {
      lasting = operation.operation === "query" && looksAt(schema, document)(operation);
      known.set(operation, lasting);
    }
    return lasting;
  };
}

function looksAt(
  schema: GraphQLSchema,
  document: DocumentNode,
): (operation: OperationDefinitionNode) => boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
  }
  const passed = new Set<string>(); // each fragment once
  const visit = (type: GraphQLObjectType, { selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === "FragmentSpread") {
        const { value } = selection.name;
        if (passed.has(value)) return true;
        passed.add(value);
        const fragment = fragments.get(value);
        return fragment !== undefined && within(fragment.typeCondition.name.value, fragment.selectionSet);
      }
      if (selection.kind === "InlineFragment") {
        return within(selection.typeCondition?.name.value ?? type.name, selection.selectionSet);
      }
      if (selection.name.value === "__typename") return true;
      const field = type.getFields()[selection.name.value];
      if (field?.extensions.lasting !== true) return false;
      const inner = getNamedType(field.type);
      return !selection.selectionSet || (isObjectType(inner) && visit(inner, selection.selectionSet));
    });
  const within = (name: string, selectionSet: SelectionSetNode): boolean => {
    const type = schema.getType(name);
    return isObjectType(type) && visit(type, selectionSet);
  };
  const query = schema.getQueryType();
  return ({ selectionSet }) => query != null && visit(query, selectionSet);
}
