import { randomUUID } from "node:crypto";

const SANE = /^[\w.:=+/@-]{1,128}$/; // nothing that could break a line of a log, or a header

/** Gives the id that a client, or a proxy before the gateway, has sent with a request; a new one where it is not sane. */
export function requestIdOf(sent: string | readonly string[] | undefined): string {
  return typeof sent === "string" && SANE.test(sent) ? sent : randomUUID();
}
