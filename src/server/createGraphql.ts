import type { IncomingMessage } from "node:http";
import {
  ApolloServer,
  type ApolloServerOptionsWithSchema,
  HeaderMap,
  type HTTPGraphQLResponse,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Viewer } from "../context.ts";
import { compiledExecution } from "./compiled/compiledExecution.ts";
import { languagesOf } from "./languagesOf.ts";
import { refusalOf } from "./refusalOf.ts";

const MAX_TOKENS = 5_000;

export interface Graphql {
  /** Answers one GraphQL request; `body` is the parsed JSON of a POST, undefined for a GET. */
  respond(request: IncomingMessage, body: unknown): Promise<HTTPGraphQLResponse>;
  /** Lets running operations finish. */
  close(): Promise<void>;
}

/** Makes the part of the server that runs GraphQL: Apollo without the plugins that this gateway does not use. */
export async function createGraphql<Context extends object>(options: {
  readonly schema: GraphQLSchema;
  readonly authenticate: (authorization: string | undefined) => Promise<Viewer>;
  readonly createContext: (viewer: Viewer) => Context;
  readonly formatError: ApolloServerOptionsWithSchema<Context>["formatError"];
}): Promise<Graphql> {
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    formatError: options.formatError,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), // wraps every resolver
      ApolloServerPluginLandingPageDisabled(), // loads from a CDN
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      compiledExecution(options.schema),
    ],
  });
  await apollo.start();
  return {
    respond: (request, body) =>
      apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method ?? "GET",
          headers: copyHeaders(request),
          search: searchOf(request.url ?? "/"),
          body,
        },
        context: async () => {
          const context = options.createContext(await findViewer(request, options.authenticate));
          return Object.assign(context, { languages: languagesOf(request) });
        },
      }),
    close: () => apollo.stop(),
  };
}

/** A refused key is HTTP 401, before anything runs. */
async function findViewer(
  request: IncomingMessage,
  authenticate: (authorization: string | undefined) => Promise<Viewer>,
): Promise<Viewer> {
  try {
    return await authenticate(request.headers.authorization);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { message, code, status, headers } = refusal;
    throw new GraphQLError(message, {
      extensions: { code, http: { status, headers: new HeaderMap(headers) } },
    });
  }
}

/** The part of an address from its question mark on. */
function searchOf(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

function copyHeaders(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}
