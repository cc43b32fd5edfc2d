import { assertAllowed } from "./access/assertAllowed.ts";
import type { App } from "./app.ts";
import type { Authenticate } from "./auth.ts";
import type { Config } from "./config.ts";
import type { Database } from "./kg/database.ts";
import type { Backend } from "./ranker/backend.ts";
import type { Graphql } from "./server/createGraphql.ts";
import { createMetrics } from "./server/createMetrics.ts";
import type { ServerState } from "./server/openServer.ts";

/** The parts of the gateway that its metrics show, and who may see them. */
export interface Shown {
  readonly app: App;
  readonly db: Database;
  readonly graphql: Graphql;
  readonly backend: Backend;
  readonly authenticate: Authenticate;
  readonly operations: Config["operating"]["operations"];
  problem(): string | null;
}

/** Makes what /metrics shows of the gateway's parts, for whoever may read metrics. */
export function openMetrics(shown: Shown): NonNullable<ServerState["metrics"]> {
  const { app, db, graphql, backend, authenticate, operations, problem } = shown;
  const metrics = createMetrics({
    ...{ backend, problem, operations },
    snapshot: () => app.snapshot.stats,
    pool: () => db.connections,
    statements: () => db.statements,
    caches: {
      lists: () => app.caches.lists,
      histories: () => app.caches.histories,
      compiled: () => graphql.compiled,
      ...(graphql.repeated && { repeated: () => graphql.repeated! }),
      ...(graphql.kept && { answers: () => graphql.kept! }),
    },
  });
  return {
    ...metrics,
    authorize: async (authorization) =>
      assertAllowed(await authenticate(authorization), "metrics:read", "/metrics"),
  };
}
