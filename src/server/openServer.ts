import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { DomainError } from "../errors.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { admitOrigin } from "./admitOrigin.ts";
import type { Graphql } from "./createGraphql.ts";
import type { Metrics } from "./createMetrics.ts";
import { assertAnswerSize, cutSlowReader } from "./limits/boundAnswer.ts";
import { readBody } from "./readBody.ts";
import type { Reconcile } from "./reconcile/openReconcile.ts";
import { refusalOf } from "./refusalOf.ts";
import { errorText, HttpError, sendError, sendPacked, sendText } from "./reply.ts";
import type { Subscriptions } from "./subscriptions/openSubscriptions.ts";
import { takeSocket } from "./subscriptions/takeSocket.ts";

const REQUEST_MS = 15_000; // a body that comes more slowly is cut off
const DRAIN_MS = 10_000;

/** What the server knows; it listens from the first moment, and answers GraphQL once there is a `graphql`. */
export interface ServerState {
  /** What it is doing, as long as it is not ready. */
  stage: string;
  graphql: Graphql | null;
  /** Subscriptions, on WebSockets at /graphql and as server-sent events at /graphql/stream; null until then. */
  subscriptions: Subscriptions | null;
  /** What answers under /reconcile; null until then. */
  reconcile: Reconcile | null;
  /** What /metrics shows, to whoever may read; null as long as there is nothing. */
  metrics: (Metrics & { readonly authorize: (authorization: string | undefined) => Promise<unknown> }) | null;
  /** Text of `GET /`. */
  welcome: string;
  limits: Pick<Limits, "bodyBytes" | "responseBytes">;
}

export interface HttpServer {
  readonly url: string;
  readonly state: ServerState;
  /**
   * Takes the port; nothing happens where it has.
   * @throws {DomainError} UNAVAILABLE where it is taken
   */
  listen(): Promise<void>;
  /** Takes no more requests, lets running ones finish (10 s at most), and closes all connections. */
  close(): Promise<void>;
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
    ...{ stage: "starting", graphql: null, subscriptions: null, reconcile: null, metrics: null, welcome: "" },
  };
  let closing = false;
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: 1_000 },
    (request, response) => {
      if (closing) response.setHeader("connection", "close");
      if (admitOrigin(request, response, origins)) return;
      answer(request, response, state).catch((error) => fail(request, response, error));
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
    close: () => {
      closing = true;
      state.stage = "stopping";
      return drain(server);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0];
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
  "/health/ready": (response, { graphql, stage }) =>
    graphql && stage === "ready"
      ? sendText(response, 200, JSON.stringify({ status: "ready" }))
      : sendText(response, 503, JSON.stringify({ status: "unavailable", reason: stage }), {
          "retry-after": "1",
        }),
};

async function answerGraphql(
  request: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  const started = performance.now();
  response.once("finish", () => {
    state.metrics?.observe(response.statusCode, (performance.now() - started) / 1000);
  });
  assertMethod(request, response, ["GET", "POST"]);
  if (!state.graphql) {
    response.setHeader("retry-after", "1");
    throw new HttpError(503, "UNAVAILABLE", `the gateway is ${state.stage}; see /health/ready`);
  }
  const { limits } = state;
  const body = request.method === "POST" ? await readBody(request, limits.bodyBytes) : undefined;
  const onGone = (leave: () => void) => response.once("close", () => response.writableFinished || leave());
  const { status, headers, body: answered } = await state.graphql.respond(request, body, onGone);
  if (answered.kind !== "complete") throw new Error("expected a complete answer: @defer is not offered");
  assertAnswerSize(answered.string, limits.responseBytes);
  cutSlowReader(response);
  await sendPacked(response, status ?? 200, answered.string, Object.fromEntries(headers));
}

async function answerStream(
  request: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  assertMethod(request, response, ["GET", "POST"]);
  if (!state.subscriptions) {
    response.setHeader("retry-after", "1");
    throw new HttpError(503, "UNAVAILABLE", `the gateway is ${state.stage}; see /health/ready`);
  }
  await state.subscriptions.stream(request, response);
}

async function answerReconcile(
  request: IncomingMessage,
  response: ServerResponse,
  { reconcile, stage }: ServerState,
): Promise<void> {
  if (reconcile) return reconcile.answer(request, response);
  response.setHeader("retry-after", "1");
  throw new HttpError(503, "UNAVAILABLE", `the gateway is ${stage}; see /health/ready`);
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

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  if (!request.complete) response.setHeader("connection", "close"); // the rest of the body is not read
  if (request.destroyed && !request.complete) return; // the client went away while it sent its body
  const expected = error instanceof HttpError;
  if (!expected) console.error("whygraph:", error);
  const failure = new HttpError(500, "INTERNAL_SERVER_ERROR", "the server failed; see its log");
  sendError(response, expected ? error : failure);
}

/** Answers what is not HTTP, or came too slowly, in JSON too. */
function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, message] =
    {
      ERR_HTTP_REQUEST_TIMEOUT: [
        "408 Request Timeout",
        `the request took longer than ${REQUEST_MS / 1000} s to arrive`,
      ],
      HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the headers are longer than 16 KiB"],
    }[error.code ?? ""] ?? (["400 Bad Request", "the request is not HTTP/1.1"] as const);
  const body = errorText("BAD_REQUEST", message);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use by another program; stop it, or choose another with PORT=${port + 1}`,
    EACCES: `port ${port} may not be opened by this user; choose one above 1023 with PORT=4000`,
    EADDRNOTAVAIL: `this machine has no address ${host}; choose one of its own with HOST=127.0.0.1`,
    ENOTFOUND: `the host ${host} is unknown; choose an address of this machine with HOST=127.0.0.1`,
  };
  const reason = reasons[error.code ?? ""];
  return reason ? new DomainError("UNAVAILABLE", reason) : error;
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(patience);
      resolve();
    });
  });
}
