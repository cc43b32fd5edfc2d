import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import type { Viewer } from "../../context.ts";
import type { DocumentRequest, TrustedDocuments } from "../documents/trustDocuments.ts";
import type { SubscriptionLimits } from "../limits/limitSubscriptions.ts";
import { HttpError } from "../reply.ts";

/** Whose subscription it is, and what bounds it. */
export interface SubscriptionPlace {
  readonly contextValue: { readonly viewer: Viewer };
  readonly limits: SubscriptionLimits;
  readonly documents?: TrustedDocuments | null;
}

/** A subscription as a client asks for it. */
export interface Asked extends DocumentRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/**
 * Prepares the execution of a subscription, or gives what is wrong with it. Queries and mutations belong to POST
 * /graphql, which counts and limits them.
 */
export function prepare(
  schema: GraphQLSchema,
  asked: Asked,
  { contextValue, limits: { limits, ...limited }, documents }: SubscriptionPlace,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const { query, operationName, variables } = documents?.resolve(asked) ?? asked;
    const refusal = limited.checkDocument(query);
    if (refusal) return [refusal];
    const document = parse(query, { maxTokens: limits.tokens });
    const faults = validate(schema, document, undefined, { maxErrors: limits.faults });
    if (faults.length > 0) return faults.map((fault) => withCode(fault, "GRAPHQL_VALIDATION_FAILED"));
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== "subscription") {
      const found = operation ? `a ${operation.operation}` : "no operation of that name";
      return [
        withCode(new GraphQLError(`the document has ${found}; expected a subscription`), "BAD_REQUEST"),
      ];
    }
    limited.admit(contextValue.viewer, { document, operation, variables: variables ?? {} });
    return { schema, document, operationName, variableValues: variables, contextValue };
  } catch (error) {
    if (error instanceof HttpError) return [withCode(new GraphQLError(error.message), error.code)];
    if (error instanceof GraphQLError && error.extensions.code !== undefined) return [error];
    if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
}

/** The same error under a code, as Apollo gives them over HTTP: one without is taken for a bug. */
function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
