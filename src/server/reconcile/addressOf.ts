import type { IncomingMessage } from "node:http";

const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * Gives the address under which the client reached this server, without a path; a proxy tells its own by the headers
 * x-forwarded-proto and x-forwarded-host. It is told to nobody but the client that sent them.
 */
export function addressOf({ headers, socket }: IncomingMessage): string {
  const first = (name: string) =>
    String(headers[name] ?? "")
      .split(",", 1)[0]
      .trim();
  const host = [first("x-forwarded-host"), first("host")].find((name) => HOST.test(name));
  const scheme = first("x-forwarded-proto") === "https" ? "https" : "http";
  return `${scheme}://${host ?? `127.0.0.1:${socket.localPort}`}`;
}
