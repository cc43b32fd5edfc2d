import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLError } from "graphql";
import { createHandler } from "graphql-sse/lib/use/http";
import type { Viewer } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { errorText } from "../reply.ts";
import type { SubscriptionOptions } from "./openSubscriptions.ts";
import { prepare } from "./prepare.ts";

/** Comment that ends the stream of a client that reads more slowly than things happen. */
const TOO_SLOW = ": too slow\n\n";

const JSON_TEXT = { "content-type": "application/json; charset=utf-8" };

/**
 * Opens the protocol graphql-sse in its mode of one connection per subscription. The next event waits until the
 * client has taken the one before, so that what it cannot take waits where it is counted.
 */
export function openEventStreams({ schema, authenticate, createContext, formatError }: SubscriptionOptions) {
  const open = new Set<ServerResponse>();
  const viewers = new WeakMap<IncomingMessage, Viewer>();
  const handle = createHandler<Record<string, unknown>>({
    authenticate: () => null, // no stream that is shared by several subscriptions
    async onConnect({ raw }) {
      try {
        viewers.set(raw, await authenticate(raw.headers.authorization));
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "UNAUTHENTICATED") throw error;
        const headers = { ...JSON_TEXT, "www-authenticate": "Bearer" };
        return [errorText(error.code, error.message), { status: 401, statusText: "Unauthorized", headers }];
      }
    },
    onSubscribe({ raw, context: { res } }, asked) {
      const context = createContext(viewers.get(raw) as Viewer, () => {
        if (res.writable) res.end(TOO_SLOW);
        setTimeout(() => res.destroy(), 5_000).unref();
      });
      const prepared = prepare(schema, asked as Parameters<typeof prepare>[1], context);
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
