import type { ServerResponse } from "node:http";
import { compress } from "./compress.ts";
import { recordOf } from "./observe/RequestRecord.ts";

const STANDARD = {
  "content-type": "application/json; charset=utf-8",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/** Sends a complete answer; every answer of this server is short enough to be one string. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...STANDARD,
    "x-request-id": recordOf(response.req).id, // here, and not before: headers that were set make this slower
    ...headers,
    "content-length": Buffer.byteLength(text),
  });
  response.end(response.req.method === "HEAD" ? undefined : text); // as text it leaves with its head, in one call
}

/** Sends a complete answer packed, where the client takes that and it is worth it. */
export async function sendPacked(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const varied = { ...headers, vary: "accept-encoding" };
  const packing = compress(text, response.req.headers["accept-encoding"]);
  if (!packing) return sendText(response, status, text, varied);
  const packed = await packing;
  response.writeHead(status, {
    ...STANDARD,
    "x-request-id": recordOf(response.req).id,
    ...varied,
    "content-encoding": packed.encoding,
    "content-length": packed.body.length,
  });
  response.end(packed.body);
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
      | "DOCUMENT_NOT_FOUND"
      | "DOCUMENT_NOT_TRUSTED"
      | "PERSISTED_QUERY_NOT_FOUND"
      | "LIMIT_EXCEEDED"
      | "UNAVAILABLE"
      | "INTERNAL_SERVER_ERROR",
    message: string,
  ) {
    super(message);
  }
}
