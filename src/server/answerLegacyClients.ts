import type { BaseContext } from "@apollo/server";
import type { GraphQLError } from "graphql";
import type { Part, Steps } from "./joinParts.ts";

const CODES: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
]);

/**
 * Answers clients that take application/json alone with 200 where a document does not parse, is not valid or has wrong
 * variables, as GraphQL over HTTP asks for the sake of those that cannot tell such an answer from one of a proxy.
 * Everybody else gets 400, and what a limit refuses is 4xx for all.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const answerLegacyClients: Part<BaseContext> = ({ request }) => {
  const accept = request.http?.headers.get("accept") ?? "";
  if (!accept.includes("application/json") || accept.includes("application/graphql-response+json"))
    return null;
  return LEGACY;
};

const LEGACY: Steps<BaseContext> = {
  willSendResponse({ response, errors }) {
    if (response.http.status === 400 && errors?.every(isOfDocument)) response.http.status = 200;
  },
};

function isOfDocument({ extensions }: GraphQLError): boolean {
  return CODES.has(extensions.code);
}
