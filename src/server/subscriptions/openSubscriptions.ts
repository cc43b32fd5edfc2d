import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Viewer } from "../../context.ts";
import { DEFAULT_LIMITS, type Limits } from "../../limits.ts";
import type { TrustedDocuments } from "../documents/trustDocuments.ts";
import { limitSubscriptions, type SubscriptionLimits } from "../limits/limitSubscriptions.ts";
import { Admissions } from "./Admissions.ts";
import { openEventStreams } from "./openEventStreams.ts";
import { openSockets } from "./openSockets.ts";

/** What both ways of subscribing need. */
export interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly authenticate: (authorization: string | undefined) => Promise<Viewer>;
  /** `drop` ends the connection of a client that is too slow. */
  readonly createContext: (viewer: Viewer, drop: (why: string) => void) => { readonly viewer: Viewer };
  readonly formatError: (formatted: GraphQLFormattedError, error: GraphQLError) => GraphQLFormattedError;
  /** How often it is asked again whether those who are connected may be. */
  readonly recheckMs?: number;
  readonly limits?: Limits;
  /** Null where clients send any document. */
  readonly documents?: TrustedDocuments | null;
}

/** The same, with who is connected, and what bounds what they ask for. */
export type ConnectionOptions = SubscriptionOptions & {
  readonly admissions: Admissions;
  readonly limited: SubscriptionLimits;
};

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
  const admissions = new Admissions(options.authenticate, options.recheckMs);
  const limited = limitSubscriptions(options.schema, options.limits ?? DEFAULT_LIMITS);
  const sockets = openSockets({ ...options, admissions, limited });
  const streams = openEventStreams({ ...options, admissions, limited });
  return {
    upgrade: sockets.upgrade,
    stream: streams.answer,
    async close() {
      admissions.close();
      await Promise.all([sockets.close(), streams.close()]);
    },
  };
}
