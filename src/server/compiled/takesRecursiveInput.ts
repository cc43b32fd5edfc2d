import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";

/**
 * Whether a variable of the operation may hold an object that nests objects of its own type. graphql-jit unrolls the
 * types of variables, and would never come to their end.
 */
export function takesRecursiveInput(schema: GraphQLSchema, operation: OperationDefinitionNode): boolean {
  return (operation.variableDefinitions ?? []).some(({ type }) => {
    const found = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    return isInputType(found) && isRecursive(found, []);
  });
}

function isRecursive(type: GraphQLInputType, above: readonly GraphQLInputType[]): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  if (above.includes(named)) return true;
  const trail = [...above, named];
  return Object.values(named.getFields()).some((field) => isRecursive(field.type, trail));
}
