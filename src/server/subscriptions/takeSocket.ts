import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isForeign, refusal } from "../admitOrigin.ts";
import { isRebound, REBOUND } from "../isRebound.ts";
import { errorText } from "../reply.ts";
import type { Subscriptions } from "./openSubscriptions.ts";

/**
 * Takes a WebSocket at /graphql, once there are subscriptions; refuses any other in JSON. Browsers let any page open
 * one, so the origin is checked here.
 */
export function takeSocket(
  request: IncomingMessage,
  { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
  state: {
    readonly subscriptions: Subscriptions | null;
    readonly stage: string;
    readonly origins: readonly string[];
    readonly localOnly: boolean;
  },
): void {
  const { subscriptions, stage, origins } = state;
  const path = (request.url ?? "/").split("?", 1)[0];
  socket.on("error", () => socket.destroy());
  if (path !== "/graphql") {
    refuse(
      socket,
      "404 Not Found",
      errorText("NOT_FOUND", `there is no WebSocket at ${path}; expected /graphql`),
    );
  } else if (state.localOnly && isRebound(request)) {
    refuse(socket, "403 Forbidden", errorText("FORBIDDEN", REBOUND));
  } else if (isForeign(request, origins)) {
    refuse(socket, "403 Forbidden", errorText("FORBIDDEN", refusal(request.headers.origin)));
  } else if (subscriptions) {
    subscriptions.upgrade(request, socket, head);
  } else {
    const message = `the gateway is ${stage}; see /health/ready`;
    refuse(socket, "503 Service Unavailable", errorText("UNAVAILABLE", message));
  }
}

function refuse(socket: Duplex, status: string, body: string): void {
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
