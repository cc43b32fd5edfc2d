import type { IncomingMessage } from "node:http";

/**
 * Whether a request names a host that is not this machine: a page whose own name was made to lead to this machine sends
 * such ones, and could read what needs no key (DNS rebinding). One without a host comes from no browser.
 */
export function isRebound({ headers: { host } }: IncomingMessage): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d*$/, "").toLowerCase();
  return name !== "localhost" && name !== "[::1]" && !/^127(\.\d{1,3}){3}$/.test(name);
}

export const REBOUND =
  "the host is not this machine, expected localhost or an address of it; set WHYGRAPH_READING to open or key to serve it under other names";
