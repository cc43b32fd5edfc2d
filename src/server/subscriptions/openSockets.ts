import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CloseCode } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Viewer } from "../../context.ts";
import { refusalOf } from "../refusalOf.ts";
import type { ConnectionOptions } from "./openSubscriptions.ts";
import { type Asked, prepare } from "./prepare.ts";

/** Close code of a client that reads more slowly than things happen. */
export const TOO_SLOW = 4_413;

const TRY_LATER = 1_013;
const MAX_MESSAGE = 1_048_576;
const LINGER_MS = 5_000; // a client that does not answer a close is cut off
const MOST_SUBSCRIPTIONS = 100; // of one connection

interface Extra extends Record<PropertyKey, unknown> {
  viewer?: Viewer;
}

/**
 * Opens the protocol graphql-transport-ws. The key comes with the connection: the header `authorization`, or
 * `authorization` in the payload of `connection_init`, as browsers cannot set headers.
 */
export function openSockets({
  schema,
  admissions,
  createContext,
  formatError,
  limited,
  documents,
}: ConnectionOptions) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });
  const served = useServer<Record<string, unknown>, Extra>(
    {
      async onConnect({ connectionParams, extra }) {
        const given = connectionParams?.authorization ?? extra.request.headers.authorization;
        const authorization = given === undefined ? undefined : String(given);
        extra.socket.once("close", () => admissions.leave(extra.socket));
        try {
          extra.viewer = await admissions.admit(extra.socket, {
            ...{ authorization, end: (why) => end(extra.socket, CloseCode.Forbidden, why) },
          });
        } catch (error) {
          const refusal = refusalOf(error);
          if (!refusal) throw error;
          extra.socket.close(
            refusal.code === "UNAVAILABLE" ? TRY_LATER : CloseCode.Forbidden,
            limit(refusal.message),
          );
          return false;
        }
      },
      onSubscribe({ extra, subscriptions }, _id, asked) {
        if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS) {
          extra.socket.close(
            CloseCode.TooManyInitialisationRequests,
            `at most ${MOST_SUBSCRIPTIONS} subscriptions`,
          );
        }
        const context = createContext(extra.viewer as Viewer, (why) =>
          end(extra.socket, TOO_SLOW, `too slow: ${why}`),
        );
        return prepare(schema, asked as Asked, { contextValue: context, limits: limited, documents });
      },
      onNext: (_context, _id, _asked, _args, result) => ({
        ...result,
        errors: result.errors?.map((error) => formatError(error.toJSON(), error)),
      }),
      onError: (_context, _id, _asked, errors) => errors.map((error) => formatError(error.toJSON(), error)),
    },
    server,
  );
  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      server.handleUpgrade(request, socket, head, (opened) => server.emit("connection", opened, request));
    },
    async close(): Promise<void> {
      const patience = setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, LINGER_MS);
      await served.dispose();
      clearTimeout(patience);
    },
  };
}

function end(socket: WebSocket, code: number, why: string): void {
  socket.close(code, limit(why));
  setTimeout(() => socket.terminate(), LINGER_MS).unref();
}

/** The reason of a close has at most 123 bytes. */
function limit(reason: string): string {
  const bytes = Buffer.from(reason);
  return bytes.length <= 123
    ? reason
    : `${bytes
        .subarray(0, 119)
        .toString()
        .replace(/\uFFFD+$/, "")}…`;
}
