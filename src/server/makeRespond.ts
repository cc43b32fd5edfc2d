import type { IncomingMessage } from "node:http";
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Viewer } from "../context.ts";
import type { Limits } from "../limits.ts";
import { TOLD, type ToldOfRequest } from "./compiled/compiledExecution.ts";
import type { NamedDocuments } from "./documents/nameByText.ts";
import { resolveSearch } from "./documents/resolveSearch.ts";
import type { DocumentRequest, TrustedDocuments } from "./documents/trustDocuments.ts";
import { isObject } from "./isObject.ts";
import { DRAFT, type Draft, type Keeper } from "./kept/keepAnswers.ts";
import type { makeRecall } from "./kept/makeRecall.ts";
import { languagesOf } from "./languagesOf.ts";
import { CLOCK } from "./limits/limitRequests.ts";
import { RequestClock } from "./limits/RequestClock.ts";
import { timeExceeded } from "./limits/timeExceeded.ts";
import { RECORD } from "./observe/observeOperations.ts";
import { type RequestRecord, recordOf, type TimeStage } from "./observe/RequestRecord.ts";
import type { Tracing } from "./observe/Tracing.ts";
import { parseBody } from "./readBody.ts";
import { refusalOf } from "./refusalOf.ts";
import type { Repeater } from "./repeated/repeatQueries.ts";

/**
 * Answers one GraphQL request; `text` is the JSON of a POST, undefined for a GET.
 * @throws {HttpError} 400 for what is not JSON
 */
export type Respond = (request: IncomingMessage, text: string | undefined) => Promise<HTTPGraphQLResponse>;

export interface Responding<Context extends { readonly viewer: Viewer }> {
  readonly apollo: ApolloServer<Context>;
  readonly limits: Limits;
  /** Null where clients send any document. */
  readonly documents: TrustedDocuments | null;
  readonly named: NamedDocuments | null;
  readonly tracing: Tracing | null;
  /** The shorter ways; each null where it is not taken. */
  readonly ways: {
    readonly keeper: Keeper<Context> | null;
    readonly recall: ReturnType<typeof makeRecall> | null;
    readonly repeater: Repeater<Context> | null;
  };
  readonly authenticate: (authorization: string | undefined) => Promise<Viewer>;
  /** The signal of `ending` ends what is done for the request; nothing is dropped, because nothing is pushed. */
  readonly createContext: (
    viewer: Viewer,
    drop: undefined,
    ending: { readonly signal: AbortSignal },
  ) => Context;
}

/**
 * Makes what answers requests, each by the shortest way that gives what Apollo would: the answer that was kept, then a query
 * that came before, then Apollo.
 */
export function makeRespond<Context extends { readonly viewer: Viewer }>(
  responding: Responding<Context>,
): Respond {
  const { apollo, limits, documents, named, tracing, authenticate, createContext } = responding;
  const { keeper, recall, repeater } = responding.ways;
  return async (request, text) => {
    const record = recordOf(request);
    const asked = keeper?.nameRequest(request, text) ?? null;
    const known = recall && asked !== null ? await recall(request, asked) : null;
    if (known) return known;
    const body = text === undefined ? undefined : parseBody(text);
    const clock = new RequestClock(limits.milliseconds, request.socket?.remoteAddress ?? "");
    record.onGone = clock.leave;
    const told: ToldOfRequest = { ran: null, failed: false };
    let draft: Draft | null = null;
    const makeContext = async () => {
      const viewer = await findViewer(request, authenticate);
      draft = keeper && asked !== null ? keeper.begin(asked, viewer) : null;
      return Object.assign(createContext(viewer, undefined, clock), {
        ...{ [CLOCK]: clock, [RECORD]: record, [TOLD]: told, timeStage: timeStageOf(record, tracing) },
        ...{ [DRAFT]: draft, holdsWhile: (test: (() => boolean) | null) => draft?.holdsWhile(test) },
        languages: languagesOf(request),
      });
    };
    const { search, body: resolved } = resolveIn(request, body, documents);
    const repeatable = repeater?.read(request, resolved) ?? null;
    const answer = async (): Promise<HTTPGraphQLResponse> => {
      const before = repeatable && repeater?.find(repeatable);
      const context = before ? await makeContext().catch(() => null) : null; // Apollo says who is refused
      const answered = before && context && (await repeater?.answer(before, repeatable, context));
      if (answered) return answered;
      const whole = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          ...{ method: request.method ?? "GET", headers: copyHeaders(request), search },
          body: named ? named.name(resolved) : resolved,
        },
        context: async () => context ?? makeContext(),
      });
      if (repeatable && told.ran) repeater?.learn(repeatable, told.ran, whole);
      return whole;
    };
    const answered = await clock.race(tracing ? tracing.operation(record, answer) : answer());
    if (answered && draft) keeper?.keep(draft, answered, record);
    if (answered) return answered;
    record.codes.add("TIME_EXCEEDED");
    return timeExceeded(limits);
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
function resolveIn(request: IncomingMessage, body: unknown, documents: TrustedDocuments | null) {
  const search = searchOf(request.url ?? "/");
  if (request.method === "GET")
    return { search: documents ? resolveSearch(search, documents) : search, body };
  return { search, body: documents && isObject(body) ? documents.resolve(body as DocumentRequest) : body };
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
