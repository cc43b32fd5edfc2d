import type { App } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import { formatError } from "../../src/formatError.ts";
import { createGraphql, type Graphql } from "../../src/server/createGraphql.ts";
import { openServer } from "../../src/server/openServer.ts";
import { undoAfterFile } from "../support/undo.ts";

type Options = Parameters<typeof createGraphql<Context>>[0];

/** Serves an app over HTTP as the gateway does, until the file has ended; the app is closed then, too. */
export async function serveGraphql(
  app: App,
  options: Omit<Options, "schema" | "createContext" | "formatError">,
): Promise<{ readonly graphql: Graphql; readonly url: string }> {
  const { schema, createContext } = app;
  const graphql = await createGraphql<Context>({ schema, createContext, formatError, ...options });
  const http = await openServer("127.0.0.1", 0);
  Object.assign(http.state, { graphql, stage: "ready" });
  undoAfterFile(async () => {
    await http.close();
    await graphql.close();
    await app.close();
  });
  return { graphql, url: `${http.url}/graphql` };
}
