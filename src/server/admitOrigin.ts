import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpError, sendError } from "./reply.ts";

const METHODS = "GET, POST";
const HEADERS = [
  ...["authorization", "content-type", "x-request-id", "traceparent", "tracestate"],
  ...["apollo-require-preflight", "x-apollo-operation-name"],
  ...["apollographql-client-name", "apollographql-client-version"],
].join(", ");
const SHOWN = "www-authenticate, retry-after, x-request-id";
const REMEMBERED_S = "600";

/**
 * Lets pages of the listed origins read the answer, never with cookies. Answers a preflight, and gives true then:
 * there is no more to do.
 */
export function admitOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean {
  const { origin } = request.headers;
  const admitted = origin !== undefined && origins.includes(origin);
  if (origins.length > 0) response.setHeader("vary", "origin");
  if (admitted) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", SHOWN);
  }
  if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return false;
  if (admitted) {
    response.writeHead(204, {
      "access-control-allow-methods": METHODS,
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": REMEMBERED_S,
    });
    response.end();
  } else {
    sendError(response, new HttpError(403, "FORBIDDEN", refusal(origin)));
  }
  return true;
}

/** Whether a page of another origin, one that is not listed, opens the connection; programs name no origin. */
export function isForeign(
  { headers: { origin, host } }: IncomingMessage,
  origins: readonly string[],
): boolean {
  if (origin === undefined || origins.includes(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** Why a page may not call the gateway. */
export function refusal(origin: string | undefined): string {
  return `pages of ${JSON.stringify(origin ?? "")} may not call the gateway; expected an origin of WHYGRAPH_CORS_ORIGINS`;
}
