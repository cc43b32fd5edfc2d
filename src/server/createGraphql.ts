import { ApolloServer, type ApolloServerOptionsWithSchema } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Viewer } from "../context.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { answerLegacyClients } from "./answerLegacyClients.ts";
import { compiledExecution } from "./compiled/compiledExecution.ts";
import { createCompiler } from "./compiled/createCompiler.ts";
import { nameByText } from "./documents/nameByText.ts";
import type { TrustedDocuments } from "./documents/trustDocuments.ts";
import { joinParts, pluginOf } from "./joinParts.ts";
import { keepAnswers } from "./kept/keepAnswers.ts";
import { makeRecall } from "./kept/makeRecall.ts";
import { guardDocuments } from "./limits/guardDocuments.ts";
import { limitRequests, makeSpend } from "./limits/limitRequests.ts";
import { makeRespond, type Respond, type Responding } from "./makeRespond.ts";
import { observeOperations } from "./observe/observeOperations.ts";
import type { Tracing } from "./observe/Tracing.ts";
import { traceSteps } from "./observe/traceSteps.ts";
import { repeatQueries } from "./repeated/repeatQueries.ts";

export interface Graphql {
  readonly respond: Respond;
  /** How many operations were executed compiled, and how many not. */
  readonly compiled: { readonly hits: number; readonly misses: number };
  /** How many queries were answered again without Apollo; null where each request goes the whole way. */
  readonly repeated: { readonly hits: number; readonly misses: number } | null;
  /** How many answers were kept, and how many not; null where none is. */
  readonly kept: { readonly hits: number; readonly misses: number } | null;
  /** Lets running operations finish. */
  close(): Promise<void>;
}

/** Makes the part of the server that runs GraphQL: Apollo without the plugins that this gateway does not use. */
export async function createGraphql<Context extends { readonly viewer: Viewer }>(options: {
  readonly schema: GraphQLSchema;
  readonly authenticate: Responding<Context>["authenticate"];
  readonly createContext: Responding<Context>["createContext"];
  readonly formatError: ApolloServerOptionsWithSchema<Context>["formatError"];
  readonly limits?: Limits;
  readonly introspection?: boolean;
  /** Null where clients send any document. */
  readonly documents?: TrustedDocuments | null;
  /** Whether a document may be sent once and then named by its hash, as Apollo's clients do. */
  readonly automatic?: boolean;
  /** Whether the variables of requests are noted. */
  readonly noteVariables?: boolean;
  readonly tracing?: Tracing | null;
  /** Keeps whole answers until the next commit; where requests are traced, or their variables noted, each is answered. */
  readonly kept?: { readonly version: () => string | null; readonly bytes: number };
}): Promise<Graphql> {
  const { schema, limits = DEFAULT_LIMITS, introspection = true, documents = null, tracing = null } = options;
  const guarded = guardDocuments(limits);
  const compiler = createCompiler(schema);
  const spend = makeSpend(limits);
  const named = options.automatic ? nameByText() : null;
  const followed = tracing !== null || options.noteVariables === true; // each request goes the whole way
  const keeper =
    options.kept && options.kept.bytes > 0 && !followed ? keepAnswers<Context>(schema, options.kept) : null;
  const part = joinParts<Context>([
    limitRequests<Context>(schema, { limits, documents: guarded, spend }),
    answerLegacyClients,
    observeOperations<Context>(options.noteVariables),
    ...(keeper ? [keeper.part] : []),
  ]);
  const repeater = followed ? null : repeatQueries<Context>(part, compiler);
  const apollo = new ApolloServer<Context>({
    schema,
    formatError: options.formatError,
    introspection,
    csrfPrevention: true,
    persistedQueries: named ? { cache: named.cache } : false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: limits.faults, hideSuggestions: !introspection },
    documentStore: guarded.store,
    plugins: [
      ApolloServerPluginCacheControlDisabled(), // wraps every resolver
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(), // loads from a CDN
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      pluginOf(part),
      compiledExecution<Context>(schema, compiler),
      ...(tracing ? [traceSteps<Context>(tracing)] : []),
    ],
  });
  await apollo.start();
  const recall = keeper && makeRecall(keeper, { authenticate: options.authenticate, spend });
  const respond = makeRespond<Context>({
    ...{ apollo, limits, documents, named, tracing },
    ways: { keeper, recall, repeater },
    authenticate: options.authenticate,
    createContext: options.createContext,
  });
  return {
    respond,
    compiled: compiler.counts,
    repeated: repeater?.counts ?? null,
    kept: keeper?.counts ?? null,
    close: () => apollo.stop(),
  };
}
