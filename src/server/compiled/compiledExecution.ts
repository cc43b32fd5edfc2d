import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";
import { type Compiler, createCompiler } from "./createCompiler.ts";

/** Set in the context of a request once its variables are known to be what its operation declares. */
export const COERCED = Symbol("coerced");

/**
 * Makes the plugin that executes queries compiled. Whatever is not plain success is left to graphql-js, which runs
 * the query (it writes nothing) once more: so refusals, errors and their nulls are its own, to the letter.
 */
export function compiledExecution<Context extends object>(
  schema: GraphQLSchema,
  options: Parameters<typeof createCompiler>[1] = {},
): ApolloServerPlugin<Context> & Pick<Compiler, "counts"> {
  const compiler = createCompiler(schema, options);
  const listener: GraphQLRequestListener<Context & { readonly [COERCED]?: boolean }> = {
    async responseForOperation({ document, operation, request, contextValue, response }) {
      if (!operation) return null; // there is none of the name that was asked for, as graphql-js will say
      const compiled = compiler.find(document, operation);
      if (!compiled) return null;
      const variables = request.variables ?? {};
      // graphql-jit reads variables by rules of its own; what graphql-js refuses never reaches them.
      if (!contextValue[COERCED] && !areSound(schema, operation, variables)) return null;
      const result = await compiled(contextValue, variables);
      if (result.errors) return null;
      return { http: response.http, body: { kind: "single", singleResult: { data: result.data } } };
    },
  };
  return { counts: compiler.counts, requestDidStart: async () => listener };
}

function areSound(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return !getVariableValues(schema, variableDefinitions, variables).errors;
}
