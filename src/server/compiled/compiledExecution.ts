import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from "graphql";
import type { Compiler } from "./createCompiler.ts";

/** Set in the context of a request once its variables are known to be what its operation declares. */
export const COERCED = Symbol("coerced");

/** An operation of a document that is valid and within its limits. */
export interface Ran {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Where the context of a request keeps what is told of it: Apollo copies contexts, so it is an object of its own. */
export const TOLD = Symbol("told");

export interface ToldOfRequest {
  /** What was run compiled, with success; null until then. */
  ran: Ran | null;
  /** Whether it was run compiled without success, so that graphql-js has to say why. */
  failed: boolean;
}

/**
 * Makes the plugin that executes queries compiled. Whatever is not plain success is left to graphql-js, which runs
 * the query (it writes nothing) once more: so refusals, errors and their nulls are its own, to the letter.
 */
export function compiledExecution<Context extends object>(
  schema: GraphQLSchema,
  compiler: Pick<Compiler, "find">,
): ApolloServerPlugin<Context> {
  const listener: GraphQLRequestListener<
    Context & { readonly [COERCED]?: boolean; readonly [TOLD]?: ToldOfRequest }
  > = {
    async responseForOperation({ document, operation, request, contextValue, response }) {
      if (!operation) return null; // there is none of the name that was asked for, as graphql-js will say
      const told = contextValue[TOLD];
      const compiled = told?.failed ? null : compiler.find(document, operation);
      if (!compiled) return null;
      const variables = request.variables ?? {};
      // graphql-jit reads variables by rules of its own; what graphql-js refuses never reaches them.
      if (!contextValue[COERCED] && !areSound(schema, operation, variables)) return null;
      const result = await compiled(contextValue, variables);
      if (result.errors) return null;
      if (told) told.ran = { document, operation };
      return { http: response.http, body: { kind: "single", singleResult: { data: result.data } } };
    },
  };
  return { requestDidStart: async () => listener };
}

function areSound(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return !getVariableValues(schema, variableDefinitions, variables).errors;
}
