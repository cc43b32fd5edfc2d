import type { IncomingMessage } from "node:http";
import { ANONYMOUS } from "../../../src/access/makeViewer.ts";
import { type App, createApp } from "../../../src/app.ts";
import { formatError } from "../../../src/formatError.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createGraphql, type Graphql } from "../../../src/server/createGraphql.ts";
import { percentile } from "../support/percentile.ts";
import { openClient } from "../support/sendLoad.ts";
import { timeQueries } from "../support/timeQueries.ts";
import { bodyFor, ITEMS } from "./request.ts";

/** Milliseconds of one request at a time. */
export interface Stage {
  readonly p50: number;
  readonly p99: number;
  /** Median of what was waited for SQL, inside this process. */
  readonly sql: number;
}
/** Each holds what the one before does. */
export interface Stages {
  /** `recommender.recommend` alone: history, ranking, evidence. */
  readonly recommend: Stage;
  /** The whole GraphQL request, without HTTP. */
  readonly graphql: Stage;
  /** The request to a server process. */
  readonly http: Stage;
}

/**
 * Measures, one request at a time, what recommending, GraphQL around it and HTTP around that take. They take turns
 * at every user, so that all meet the same machine.
 */
export async function measureStages(
  database: Database,
  url: string,
  { users, rounds }: { readonly users: readonly string[]; readonly rounds: number },
): Promise<Stages> {
  const timed = timeQueries(database);
  const app = await createApp(timed.database, "auto", { memory: { reads: "memory", lists: 0 } });
  const graphql = await openGraphql(app);
  const client = openClient(url);
  const [recommend, whole, http] = [
    makeStopwatch((user) => app.recommender.recommend({ user, first: ITEMS }), timed.waited),
    makeStopwatch((user) => graphql.respond(REQUEST, bodyFor(user)), timed.waited),
    makeStopwatch((user) => client.ask(bodyFor(user)), timed.waited),
  ];
  try {
    for (let round = -1; round < rounds; round++) {
      for (const user of users) {
        for (const stopwatch of [recommend, whole, http]) await stopwatch.run(user);
      }
      if (round === -1) for (const { runs } of [recommend, whole, http]) runs.length = 0; // that was the warm-up
    }
    return { recommend: recommend.stop(), graphql: whole.stop(), http: http.stop() };
  } finally {
    client.close();
    await graphql.close();
    await app.close();
  }
}

const REQUEST = {
  method: "POST",
  url: "/graphql",
  headers: { "content-type": "application/json" },
} as IncomingMessage;

function openGraphql(app: App): Promise<Graphql> {
  return createGraphql({
    schema: app.schema,
    authenticate: async () => ANONYMOUS,
    createContext: app.createContext,
    formatError,
  });
}

interface Stopwatch {
  readonly runs: { readonly ms: number; readonly sql: number }[];
  run(user: string): Promise<void>;
  stop(): Stage;
}

function makeStopwatch(work: (user: string) => Promise<unknown>, waited: () => number): Stopwatch {
  const runs: { ms: number; sql: number }[] = [];
  return {
    runs,
    async run(user) {
      const [start, before] = [performance.now(), waited()];
      await work(user);
      runs.push({ ms: performance.now() - start, sql: waited() - before });
    },
    stop() {
      const times = runs.map(({ ms }) => ms);
      const sql = percentile(
        runs.map((run) => run.sql),
        0.5,
      );
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), sql };
    },
  };
}
