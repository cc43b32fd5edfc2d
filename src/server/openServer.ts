import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { isOutOfReach, OUT_OF_REACH } from "../outOfReach.ts";
import { admitOrigin } from "./admitOrigin.ts";
import type { Graphql } from "./createGraphql.ts";
import type { Metrics } from "./createMetrics.ts";
import { drainServer, type Patience } from "./drainServer.ts";
import { isRebound, REBOUND } from "./isRebound.ts";
import { assertAnswerSize, cutSlowReader } from "./limits/boundAnswer.ts";
import { listen } from "./listen.ts";
import { type EndedRequest, logRequest } from "./observe/logRequest.ts";
import type { Log } from "./observe/openLog.ts";
import { recordOf } from "./observe/RequestRecord.ts";
import type { Tracing } from "./observe/Tracing.ts";
import { readBody } from "./readBody.ts";
import type { Reconcile } from "./reconcile/openReconcile.ts";
import { refusalOf } from "./refusalOf.ts";
import { REQUEST_MS, refuseClient } from "./refuseClient.ts";
import { HttpError, sendError, sendPacked, sendText } from "./reply.ts";
import type { Subscriptions } from "./subscriptions/openSubscriptions.ts";
import { takeSocket } from "./subscriptions/takeSocket.ts";

/** For tests, and for servers that nobody depends on. */
const PATIENCE: Patience = { idleMs: 50, mostMs: 10_000 };

/** What the server knows; it listens from the first moment, and answers GraphQL once there is a `graphql`. */
export interface ServerState {
  /** What it is doing, as long as it is not ready. */
  stage: string;
  /** Why it cannot answer at the moment, though it had been ready; null where it can. */
  problem: () => string | null;
  /** Why it was not ready when it was last asked, as the log has it; null where it was ready, or there is no log. */
  told: string | null;
  graphql: Graphql | null;
  /** Subscriptions, on WebSockets at /graphql and as server-sent events at /graphql/stream; null until then. */
  subscriptions: Subscriptions | null;
  /** What answers under /reconcile; null until then. */
  reconcile: Reconcile | null;
  /** What /metrics shows, to whoever may read; null as long as there is nothing. */
  metrics: (Metrics & { readonly authorize: (authorization: string | undefined) => Promise<unknown> }) | null;
  /** Where requests are told of, and from how many milliseconds on one is slow. */
  log: { readonly log: Log; readonly slowMs: number } | null;
  /** Null where nothing is traced. */
  tracing: Tracing | null;
  /** Text of `GET /`. */
  welcome: string;
  limits: Pick<Limits, "bodyBytes" | "responseBytes">;
  /** Whether only requests that name this machine are answered. */
  localOnly: boolean;
}

export interface HttpServer {
  readonly url: string;
  readonly state: ServerState;
  /**
   * Takes the port; nothing happens where it has.
   * @throws {DomainError} UNAVAILABLE where it is taken
   */
  listen(): Promise<void>;
  /** Says that it is not ready, takes no more connections, answers what is asked on those that are open, and ends them. */
  close(patience?: Patience): Promise<void>;
}

/**
 * Opens the HTTP server: /graphql, /reconcile, /metrics, /health/live, /health/ready and a page at /. Pages of `origins`
 * may call it from a browser.
 * @throws {DomainError} UNAVAILABLE where the port is taken
 */
export async function openServer(
  host: string,
  port: number,
  origins: readonly string[] = [],
): Promise<HttpServer> {
  const http = makeServer(host, port, origins);
  await http.listen();
  return http;
}

/** Makes the HTTP server, which takes its port later: a worker that shares one is not to be asked before it can answer. */
export function makeServer(host: string, port: number, origins: readonly string[] = []): HttpServer {
  const state: ServerState = {
    limits: DEFAULT_LIMITS,
    localOnly: false,
    ...{ stage: "starting", graphql: null, subscriptions: null, reconcile: null, metrics: null, welcome: "" },
    ...{ problem: () => null, told: null, log: null, tracing: null },
  };
  let closed: Promise<void> | null = null;
  const running = new Set<ServerResponse>();
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: 1_000 },
    (request, response) => {
      running.add(response);
      watch(request, response, { state, running });
      if (closed) endAfter(response);
      if (state.localOnly && isRebound(request)) {
        return sendError(response, new HttpError(403, "FORBIDDEN", REBOUND));
      }
      if (admitOrigin(request, response, origins)) return;
      begin(request, response, state).catch((error) => fail(request, { response, error, log: state.log }));
    },
  );
  server.on("clientError", refuseClient);
  server.on("upgrade", (request, socket, head) =>
    takeSocket(request, { socket, head }, { ...state, origins }),
  );
  return {
    get url() {
      const actual = (server.address() as AddressInfo | null)?.port ?? port;
      return `http://${host.includes(":") ? `[${host}]` : host}:${actual}`;
    },
    state,
    listen: async () => {
      if (!server.listening) await listen(server, host, port);
    },
    close: (patience = PATIENCE) => {
      state.stage = "stopping";
      for (const response of running) endAfter(response);
      closed ??= drainServer(server, patience);
      return closed;
    },
  };
}

/** Ends a connection with the answer that is under way, and tells the client so. */
function endAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}

/** Gives a request its id, and tells of it when it has ended: what is done for it too, where nobody waits any more. */
function watch(
  request: IncomingMessage,
  response: ServerResponse,
  { state, running }: { readonly state: ServerState; readonly running: Set<ServerResponse> },
): void {
  const record = recordOf(request);
  response.once("close", () => {
    running.delete(response);
    if (!response.writableFinished) record.onGone?.();
    const milliseconds = performance.now() - record.started;
    const ended: EndedRequest = { request, response, record, milliseconds };
    if (state.log) logRequest(state.log.log, ended, state.log.slowMs);
    if (pathOf(request) === "/graphql") state.metrics?.observe(ended);
  });
}

function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Answers within a trace, where there are traces; who asks for health or metrics makes none. */
function begin(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const work = () => answer(request, response, state);
  if (!state.tracing || /^\/(?:health|metrics)/.test(request.url ?? "")) return work();
  return state.tracing.request({ request, response, record: recordOf(request) }, work);
}

async function answer(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const path = pathOf(request);
  if (path === "/graphql") return answerGraphql(request, response, state);
  if (path === "/graphql/stream") return answerStream(request, response, state);
  if (path === "/metrics") return answerMetrics(request, response, state);
  if (/^\/reconcile(?:\/|$)/.test(path)) return answerReconcile(request, response, state);
  if (!(path in PAGES)) {
    throw new HttpError(404, "NOT_FOUND", `there is nothing at ${JSON.stringify(path)}; expected /graphql`);
  }
  assertMethod(request, response, ["GET", "HEAD"]);
  PAGES[path](response, state);
}

const PAGES: Readonly<Record<string, (response: ServerResponse, state: ServerState) => void>> = {
  "/": (response, state) =>
    sendText(response, 200, state.welcome || `Whygraph is ${state.stage}.\n`, {
      "content-type": "text/plain; charset=utf-8",
    }),
  "/health/live": (response) => sendText(response, 200, JSON.stringify({ status: "live" })),
  "/health/ready": (response, state) => {
    const reason = state.graphql && state.stage === "ready" ? state.problem() : state.stage;
    recordOf(response.req).known = reason !== null && reason === state.told;
    state.told = state.log ? reason : null;
    if (reason === null) return sendText(response, 200, JSON.stringify({ status: "ready" }));
    const text = JSON.stringify({ status: "unavailable", reason });
    sendText(response, 503, text, { "retry-after": "1" });
  },
};

/**
 * Gives the part of the server that answers, once it is there and can.
 * @throws {HttpError} 503 until then
 */
function present<Part>(part: Part | null, response: ServerResponse, state: ServerState): Part {
  const reason = part === null ? `the gateway is ${state.stage}` : state.problem();
  if (part !== null && reason === null) return part;
  response.setHeader("retry-after", "1");
  throw new HttpError(503, "UNAVAILABLE", `${reason}; see /health/ready`);
}

async function answerGraphql(
  request: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  assertMethod(request, response, ["GET", "POST"]);
  const graphql = present(state.graphql, response, state);
  const { limits } = state;
  const text = request.method === "POST" ? await readBody(request, limits.bodyBytes) : undefined;
  const { status, headers, body: answered } = await graphql.respond(request, text);
  if (answered.kind !== "complete") throw new Error("expected a complete answer: @defer is not offered");
  assertAnswerSize(answered.string, limits.responseBytes);
  await sendPacked(response, status ?? 200, answered.string, Object.fromEntries(headers));
  cutSlowReader(response);
}

async function answerStream(
  request: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  assertMethod(request, response, ["GET", "POST"]);
  response.setHeader("x-request-id", recordOf(request).id);
  await present(state.subscriptions, response, state).stream(request, response);
}

async function answerReconcile(
  request: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  await present(state.reconcile, response, state).answer(request, response);
}

/** Numbers about the gateway are for whoever may read its graph. */
async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, stage }: ServerState,
): Promise<void> {
  assertMethod(request, response, ["GET", "HEAD"]);
  if (!metrics) throw new HttpError(503, "UNAVAILABLE", `the gateway is ${stage}; see /health/ready`);
  try {
    await metrics.authorize(request.headers.authorization);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    response.setHeaders(new Map(refusal.headers));
    throw new HttpError(refusal.status, refusal.code, refusal.message);
  }
  sendText(response, 200, await metrics.read(), { "content-type": metrics.contentType });
}

function assertMethod(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
  if (allowed.includes(request.method ?? "")) return;
  response.setHeader("allow", allowed.join(", "));
  throw new HttpError(
    405,
    "BAD_REQUEST",
    `the method is ${request.method}, expected ${allowed.join(" or ")}`,
  );
}

function fail(
  request: IncomingMessage,
  { response, error, log }: { response: ServerResponse; error: unknown; log: ServerState["log"] },
): void {
  if (response.headersSent || response.destroyed) return;
  if (!request.complete) response.setHeader("connection", "close"); // the rest of the body is not read
  if (request.destroyed && !request.complete) return; // the client went away while it sent its body
  const failure = error instanceof HttpError ? error : failureOf(error);
  if (failure.status === 503) response.setHeader("retry-after", "1");
  if (failure.status === 500) {
    if (log) log.log.error({ requestId: recordOf(request).id, err: error }, "the server failed");
    else console.error("whygraph:", error);
  }
  sendError(response, failure);
}

function failureOf(error: unknown): HttpError {
  if (isOutOfReach(error)) return new HttpError(503, "UNAVAILABLE", OUT_OF_REACH);
  return new HttpError(500, "INTERNAL_SERVER_ERROR", "the server failed; see its log");
}
