import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Viewer } from "../../context.ts";
import { openEventStreams } from "./openEventStreams.ts";
import { openSockets } from "./openSockets.ts";

/** What both ways of subscribing need. */
export interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly authenticate: (authorization: string | undefined) => Promise<Viewer>;
  /** `drop` ends the connection of a client that is too slow. */
  readonly createContext: (viewer: Viewer, drop: (why: string) => void) => object;
  readonly formatError: (formatted: GraphQLFormattedError, error: GraphQLError) => GraphQLFormattedError;
}

export interface Subscriptions {
  /** Takes a WebSocket on /graphql. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers a request for server-sent events on /graphql/stream. */
  stream(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Tells all clients that the server goes away, and ends their connections. */
  close(): Promise<void>;
}

/** Opens subscriptions over WebSocket (graphql-transport-ws) and server-sent events (graphql-sse, distinct connections). */
export function openSubscriptions(options: SubscriptionOptions): Subscriptions {
  const sockets = openSockets(options);
  const streams = openEventStreams(options);
  return {
    upgrade: sockets.upgrade,
    stream: streams.answer,
    async close() {
      await Promise.all([sockets.close(), streams.close()]);
    },
  };
}
