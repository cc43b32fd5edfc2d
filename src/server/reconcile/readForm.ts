import type { IncomingMessage } from "node:http";
import { assertContentType, readBytes } from "../readBody.ts";

/**
 * Reads the form that is the body of a POST, at most 1 MiB.
 * @throws {HttpError} 415 for a body that is no form, 413 for a longer one
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  assertContentType(request, "application/x-www-form-urlencoded");
  return new URLSearchParams((await readBytes(request)).toString());
}
