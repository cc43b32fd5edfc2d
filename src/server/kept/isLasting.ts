import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { type Fragments, fieldsOf } from "../../fieldsOf.ts";

/**
 * Makes the function that tells whether all fields that a valid operation can ask for are marked, in the schema, as a
 * function of the graph (`extensions.lasting`). Each operation is looked at once.
 */
export function makeIsLasting(schema: GraphQLSchema) {
  const known = new WeakMap<OperationDefinitionNode, boolean>();
  return (document: DocumentNode, operation: OperationDefinitionNode): boolean => {
    let lasting = known.get(operation);
    if (lasting === undefined) {
      const query = operation.operation === "query" ? schema.getQueryType() : null;
      lasting = query != null && looksAt(document)(query, [operation.selectionSet]);
      known.set(operation, lasting);
    }
    return lasting;
  };
}

/** Each selection is looked at once for a type, so a bomb of fragments takes no longer than its text. */
function looksAt(document: DocumentNode) {
  const definitions = document.definitions.filter((one) => one.kind === "FragmentDefinition");
  const fragments: Fragments = Object.fromEntries(definitions.map((one) => [one.name.value, one]));
  const passed = new Map<SelectionSetNode, GraphQLObjectType>();
  return function areLasting(type: GraphQLObjectType, sets: Iterable<SelectionSetNode>): boolean {
    const fresh = [...sets].filter((set) => passed.get(set) !== type);
    for (const set of fresh) passed.set(set, type);
    for (const [name, under] of fieldsOf(fresh, fragments)) {
      if (name === "__typename") continue;
      const field = type.getFields()[name];
      if (field?.extensions.lasting !== true) return false;
      const inner = getNamedType(field.type);
      if (under.size > 0 && !(isObjectType(inner) && areLasting(inner, under))) return false;
    }
    return true;
  };
}
