import type { IncomingMessage } from "node:http";
import {
  ApolloServer,
  type ApolloServerOptionsWithSchema,
  HeaderMap,
  type HTTPGraphQLResponse,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Viewer } from "../context.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { answerLegacyClients } from "./answerLegacyClients.ts";
import { compiledExecution } from "./compiled/compiledExecution.ts";
import { type NamedDocuments, nameByText } from "./documents/nameByText.ts";
import { resolveSearch } from "./documents/resolveSearch.ts";
import type { DocumentRequest, TrustedDocuments } from "./documents/trustDocuments.ts";
import { joinParts } from "./joinParts.ts";
import { DRAFT, type Draft, keepAnswers } from "./kept/keepAnswers.ts";
import { makeRecall } from "./kept/makeRecall.ts";
import { languagesOf } from "./languagesOf.ts";
import { guardDocuments } from "./limits/guardDocuments.ts";
import { CLOCK, limitRequests, makeSpend } from "./limits/limitRequests.ts";
import { RequestClock } from "./limits/RequestClock.ts";
import { timeExceeded } from "./limits/timeExceeded.ts";
import { observeOperations, RECORD } from "./observe/observeOperations.ts";
import { type RequestRecord, recordOf, type TimeStage } from "./observe/RequestRecord.ts";
import type { Tracing } from "./observe/Tracing.ts";
import { traceSteps } from "./observe/traceSteps.ts";
import { parseBody } from "./readBody.ts";
import { refusalOf } from "./refusalOf.ts";

export interface Graphql {
  /**
   * Answers one GraphQL request; `text` is the JSON of a POST, undefined for a GET.
   * @throws {HttpError} 400 for what is not JSON
   */
  respond(request: IncomingMessage, text: string | undefined): Promise<HTTPGraphQLResponse>;
  /** How many operations were executed compiled, and how many not. */
  readonly compiled: { readonly hits: number; readonly misses: number };
  /** How many answers were kept, and how many not; null where none is. */
  readonly kept: { readonly hits: number; readonly misses: number } | null;
  /** Lets running operations finish. */
  close(): Promise<void>;
}

/** Makes the part of the server that runs GraphQL: Apollo without the plugins that this gateway does not use. */
export async function createGraphql<Context extends { readonly viewer: Viewer }>(options: {
  readonly schema: GraphQLSchema;
  readonly authenticate: (authorization: string | undefined) => Promise<Viewer>;
  /** The signal of `ending` ends what is done for the request; nothing is dropped, because nothing is pushed. */
  readonly createContext: (
    viewer: Viewer,
    drop: undefined,
    ending: { readonly signal: AbortSignal },
  ) => Context;
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
  const compiled = compiledExecution<Context>(schema);
  const spend = makeSpend(limits);
  const named = options.automatic ? nameByText() : false;
  const keeper =
    options.kept && options.kept.bytes > 0 && !tracing && !options.noteVariables
      ? keepAnswers<Context>(schema, options.kept)
      : null;
  const apollo = new ApolloServer<Context>({
    schema,
    formatError: options.formatError,
    introspection,
    csrfPrevention: true,
    persistedQueries: named && { cache: named.cache },
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
      joinParts<Context>([
        limitRequests<Context>(schema, { limits, documents: guarded, spend }),
        answerLegacyClients,
        observeOperations<Context>(options.noteVariables),
        ...(keeper ? [keeper.part] : []),
      ]),
      compiled,
      ...(tracing ? [traceSteps<Context>(tracing)] : []),
    ],
  });
  await apollo.start();
  const recall = keeper && makeRecall(keeper, { authenticate: options.authenticate, spend });
  return {
    async respond(request, text) {
      const address = request.socket?.remoteAddress ?? "";
      const record = recordOf(request);
      const asked = keeper?.nameRequest(request, text) ?? null;
      const known = recall && asked !== null ? await recall(request, asked) : null;
      if (known) return known;
      const body = text === undefined ? undefined : parseBody(text);
      const clock = new RequestClock(limits.milliseconds, address);
      let draft: Draft | null = null;
      record.onGone = clock.leave;
      const run = () =>
        apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: {
            method: request.method ?? "GET",
            headers: copyHeaders(request),
            ...askedIn(request, body, { documents, named }),
          },
          context: async () => {
            const viewer = await findViewer(request, options.authenticate);
            draft = keeper && asked !== null ? keeper.begin(asked, viewer) : null;
            return Object.assign(options.createContext(viewer, undefined, clock), {
              ...{ [CLOCK]: clock, [RECORD]: record, timeStage: timeStageOf(record, tracing) },
              ...{ [DRAFT]: draft, holdsWhile: (test: (() => boolean) | null) => draft?.holdsWhile(test) },
              languages: languagesOf(request),
            });
          },
        });
      const answered = await clock.race(tracing ? tracing.operation(record, run) : run());
      if (answered && draft) keeper?.keep(draft, answered, record);
      if (answered) return answered;
      record.codes.add("TIME_EXCEEDED");
      return timeExceeded(limits);
    },
    compiled: compiled.counts,
    kept: keeper?.counts ?? null,
    close: () => apollo.stop(),
  };
}

function timeStageOf(record: RequestRecord, tracing: Tracing | null): TimeStage {
  if (!tracing) return record.timeStage;
  return (stage, work) => tracing.stage(stage, () => record.timeStage(stage, work));
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

/** What is asked for, with its document in place of an id. @throws {HttpError} where that is not known or not trusted */
function askedIn(
  request: IncomingMessage,
  body: unknown,
  {
    documents,
    named,
  }: { readonly documents: TrustedDocuments | null; readonly named: NamedDocuments | false },
) {
  const search = searchOf(request.url ?? "/");
  if (request.method === "GET")
    return { search: documents ? resolveSearch(search, documents) : search, body };
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const resolved = documents && isObject ? documents.resolve(body as DocumentRequest) : body;
  return { search, body: named ? named.name(resolved) : resolved };
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
