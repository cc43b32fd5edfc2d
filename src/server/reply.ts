import type { ServerResponse } from "node:http";

/** Sends a complete answer; every answer of this server is short enough to be one string. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    ...headers,
    "content-length": body.length,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** Sends an error in the shape of a GraphQL answer, so that a client reads all errors in one way. */
export function sendError(
  response: ServerResponse,
  error: HttpError,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, error.status, errorText(error.code, error.message), headers);
}

export function errorText(code: string, message: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/** A request that never reaches GraphQL. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(
    readonly status: number,
    readonly code:
      | "BAD_REQUEST"
      | "UNAUTHENTICATED"
      | "FORBIDDEN"
      | "NOT_FOUND"
      | "UNAVAILABLE"
      | "INTERNAL_SERVER_ERROR",
    message: string,
  ) {
    super(message);
  }
}
