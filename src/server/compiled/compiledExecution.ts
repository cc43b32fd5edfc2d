import type { ApolloServerPlugin } from "@apollo/server";
import { type GraphQLSchema, getVariableValues } from "graphql";
import { type Compiler, createCompiler } from "./createCompiler.ts";

/**
 * Makes the plugin that executes queries compiled. Whatever is not plain success is left to graphql-js, which runs
 * the query (it writes nothing) once more: so refusals, errors and their nulls are its own, to the letter.
 */
export function compiledExecution<Context extends object>(
  schema: GraphQLSchema,
  options: Parameters<typeof createCompiler>[1] = {},
): ApolloServerPlugin<Context> & Pick<Compiler, "counts"> {
  const compiler = createCompiler(schema, options);
  return {
    counts: compiler.counts,
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, request, contextValue, response }) {
        if (!operation) return null; // there is none of the name that was asked for, as graphql-js will say
        const compiled = compiler.find(document, operation);
        if (!compiled) return null;
        const variables = request.variables ?? {};
        // graphql-jit reads variables by rules of its own; what graphql-js refuses never reaches them.
        if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return null;
        const result = await compiled(contextValue, variables);
        if (result.errors) return null;
        return { http: response.http, body: { kind: "single", singleResult: { data: result.data } } };
      },
    }),
  };
}
