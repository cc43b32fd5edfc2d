import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { GraphQLError } from "graphql";
import { createHandler } from "graphql-sse/lib/use/http";
import type { Viewer } from "../../context.ts";
import { refusalOf } from "../refusalOf.ts";
import { errorText } from "../reply.ts";
import type { ConnectionOptions } from "./openSubscriptions.ts";
import { prepare } from "./prepare.ts";

/** Comment that ends the stream of a client that reads more slowly than things happen. */
const TOO_SLOW = ": too slow\n\n";

const LINGER_MS = 5_000; // a client that does not take the end is cut off

const JSON_TEXT = { "content-type": "application/json; charset=utf-8" };

/**
 * Opens the protocol graphql-sse in its mode of one connection per subscription. The next event waits until the
 * client has taken the one before, so that what it cannot take waits where it is counted.
 */
export function openEventStreams({
  schema,
  admissions,
  createContext,
  formatError,
  limited,
  documents,
}: ConnectionOptions) {
  const open = new Set<ServerResponse>();
  const viewers = new WeakMap<IncomingMessage, Viewer>();
  const handle = createHandler<Record<string, unknown>>({
    authenticate: () => null, // no stream that is shared by several subscriptions
    async onConnect({ raw, context: { res } }) {
      const { authorization } = raw.headers;
      res.once("close", () => admissions.leave(res));
      try {
        viewers.set(raw, await admissions.admit(res, { authorization, end: (why) => end(res, why) }));
      } catch (error) {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        const { status, code, message } = refusal;
        const headers = { ...JSON_TEXT, ...Object.fromEntries(refusal.headers) };
        return [errorText(code, message), { status, statusText: STATUS_CODES[status] ?? "", headers }];
      }
    },
    onSubscribe({ raw, context: { res } }, asked) {
      const context = createContext(viewers.get(raw) as Viewer, () => {
        if (res.writable) res.end(TOO_SLOW);
        setTimeout(() => res.destroy(), LINGER_MS).unref();
      });
      const prepared = prepare(schema, asked as Parameters<typeof prepare>[1], {
        ...{ contextValue: context, limits: limited, documents },
      });
      if (!("document" in prepared)) {
        const errors = prepared.map((error) => formatError(error.toJSON(), error));
        return [JSON.stringify({ errors }), { status: 400, statusText: "Bad Request", headers: JSON_TEXT }];
      }
      return { ...prepared, contextValue: context as Record<string, unknown> };
    },
    async onNext(_context, { context: { res } }, result) {
      if (res.writableNeedDrain) await Promise.race([once(res, "drain"), once(res, "close")]);
      const errors = result.errors?.map((error: GraphQLError) =>
        formatError(error.toJSON?.() ?? error, error),
      );
      return { ...result, ...(errors && { errors }) } as typeof result;
    },
  });
  return {
    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      open.add(response);
      response.once("close", () => open.delete(response));
      await handle(request, response);
    },
    async close(): Promise<void> {
      for (const response of open) response.end();
    },
  };
}

/** Ends the stream of whoever may listen no longer, with the reason as its last event. */
function end(response: ServerResponse, why: string): void {
  if (!response.writable) return;
  response.end(`event: next\ndata: ${errorText("UNAUTHENTICATED", why)}\n\nevent: complete\ndata:\n\n`);
  setTimeout(() => response.destroy(), LINGER_MS).unref();
}
