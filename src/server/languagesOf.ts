import type { IncomingMessage } from "node:http";
import Negotiator from "negotiator";

/** The languages that a client asks for in Accept-Language, the dearest first; none where it says nothing. */
export function languagesOf({ headers }: IncomingMessage): readonly string[] {
  return headers["accept-language"] === undefined ? [] : new Negotiator({ headers }).languages();
}
