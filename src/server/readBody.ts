import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { DEFAULT_LIMITS } from "../limits.ts";
import { nestingOf } from "./limits/nestingOf.ts";
import { HttpError } from "./reply.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const DISCARDED = 16; // as many times the most that is taken
const MOST_NESTED = 64; // objects and lists inside each other

/**
 * Reads the text of the JSON body of a POST request, of at most `most` bytes.
 * @throws {HttpError} 415 for another content type, 413 for a longer body, 400 for what is not UTF-8
 */
export async function readBody(request: IncomingMessage, most = DEFAULT_LIMITS.bodyBytes): Promise<string> {
  assertContentType(request, "application/json");
  const bytes = await readBytes(request, most);
  if (!isUtf8(bytes)) {
    throw new HttpError(400, "BAD_REQUEST", "the request body is not UTF-8; expected JSON in UTF-8");
  }
  return bytes.toString("utf8");
}

/**
 * Parses the JSON of a request, of at most 64 objects and lists inside each other.
 * @throws {HttpError} 400 for what is not JSON
 */
export function parseBody(text: string): unknown {
  const nesting = nestingOf(text, false);
  if (nesting > MOST_NESTED) {
    const what = `the request body has ${nesting} objects and lists inside each other`;
    throw new HttpError(400, "LIMIT_EXCEEDED", `${what}, expected at most ${MOST_NESTED}; send it flatter`);
  }
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (error) {
    const reason = text === "" ? "it is empty" : (error as Error).message;
    throw new HttpError(
      400,
      "BAD_REQUEST",
      `the request body is not JSON: ${reason}; expected {"query": "…"}`,
    );
  }
}

/**
 * Checks that a body is of the one content type, in UTF-8 and not compressed.
 * @throws {HttpError} 415
 */
export function assertContentType(request: IncomingMessage, expected: string): void {
  const given = request.headers["content-type"];
  if (given === expected && request.headers["content-encoding"] === undefined) return;
  const [type, ...parameters] = (given ?? "").toLowerCase().split(";");
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith("charset="));
  if (type.trim() !== expected || (charset && !/^charset="?utf-?8"?$/.test(charset))) {
    const value = given === undefined ? "missing" : JSON.stringify(given);
    throw new HttpError(415, "BAD_REQUEST", `the content-type is ${value}, expected ${expected} in UTF-8`);
  }
  const encoding = request.headers["content-encoding"];
  if (encoding && encoding !== "identity") {
    throw new HttpError(
      415,
      "BAD_REQUEST",
      `the content-encoding is ${JSON.stringify(encoding)}, expected none`,
    );
  }
}

/**
 * Reads a body of at most `most` bytes. One that is too long is read on and thrown away, up to 16 times that: a client
 * that still sends when the connection closes would not see the answer.
 * @throws {HttpError} 413
 */
export function readBytes(request: IncomingMessage, most = DEFAULT_LIMITS.bodyBytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const refuse = () => reject(tooLarge(request.headers["content-length"] ?? `more than ${most}`, most));
    if (Number(request.headers["content-length"] ?? 0) > DISCARDED * most) return refuse();
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else chunks.length = 0;
      if (size > DISCARDED * most) refuse();
    });
    request.once("end", () => {
      if (size > most) refuse();
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    request.once("error", reject);
  });
}

function tooLarge(size: string, most: number): HttpError {
  return new HttpError(
    413,
    "BAD_REQUEST",
    `the request body has ${size} bytes, expected at most ${most}; send it in several requests`,
  );
}
