import cluster from "node:cluster";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertAllowed } from "./access/assertAllowed.ts";
import { openTokens } from "./access/token/openTokens.ts";
import { createApp } from "./app.ts";
import { makeAuthenticate } from "./auth.ts";
import type { Config } from "./config.ts";
import { DomainError } from "./errors.ts";
import { formatError } from "./formatError.ts";
import { createFirstKey } from "./keys.ts";
import { type Database, openDatabase } from "./kg/database.ts";
import { withoutPassword } from "./kg/dataSource.ts";
import { openEmbedded } from "./kg/embedded.ts";
import type { JSONObject } from "./kg/types.ts";
import { loadDemo } from "./loadDemo.ts";
import { openMetrics } from "./openMetrics.ts";
import { type Backend, describeBackend } from "./ranker/backend.ts";
import { chatOptionsOf } from "./reader/chatOptionsOf.ts";
import { openWorkerLink, type WorkerLink } from "./server/cluster/openWorkerLink.ts";
import { runWorkers } from "./server/cluster/runWorkers.ts";
import { createGraphql } from "./server/createGraphql.ts";
import { openDocuments } from "./server/documents/openDocuments.ts";
import { logStages } from "./server/observe/logStages.ts";
import { type Log, openLog } from "./server/observe/openLog.ts";
import { openTracing } from "./server/observe/openTracing.ts";
import { problemOf } from "./server/observe/problemOf.ts";
import { watchReadiness } from "./server/observe/watchReadiness.ts";
import { type HttpServer, makeServer } from "./server/openServer.ts";
import { openReconcile } from "./server/reconcile/openReconcile.ts";
import { makeShutdown, type Shutdown } from "./server/shutdown.ts";
import { makeStages, type Stages } from "./server/stages.ts";
import { openSubscriptions } from "./server/subscriptions/openSubscriptions.ts";
import { makeCurl, makeExampleQuery, makeWelcome } from "./server/welcome.ts";

const IDLE_MS = 500; // a client that keeps its connection sends its next request meanwhile, and learns that it ends
const CLOSE_MS = 5_000; // a pool waits for its last statement; Postgres stops it after that

/**
 * Runs the gateway until Ctrl-C or SIGTERM: takes the port, then makes everything ready stage by stage while
 * /health/ready says which, and in the end gives all of it back in reverse order. With `workers`, as many processes do.
 */
export async function runServer(config: Config, workers = 1): Promise<void> {
  if (workers > 1 && cluster.isPrimary) return runCluster(config, workers);
  const link = cluster.isWorker ? openWorkerLink(process) : null;
  const { log: options } = config.operating;
  const log = await openLog(options);
  const shutdown = makeShutdown();
  const http = makeServer(config.host, config.port, config.corsOrigins);
  http.state.limits = config.limits;
  http.state.localOnly = config.localOnly;
  // Workers after the first share the port of one that serves: they take it when they can answer.
  if (!cluster.worker || cluster.worker.id === 1) await http.listen();
  shutdown.add(() => http.close());
  http.state.log = { log, slowMs: options.slowMs };
  const onStage = (title: string) => {
    http.state.stage = title;
  };
  const stages = options.format === "json" ? logStages(log, onStage) : makeStages(process.stderr, onStage);
  stages.say(`starting; ${http.url}/health/ready says when it is ready`);
  try {
    const started = await shutdown.race(start(config, { http, stages, shutdown, link, log }));
    stages.end();
    if (!started) return;
    http.state.stage = "ready";
    if (!cluster.worker || cluster.worker.id === 1) announce(http, config, started);
    if (cluster.worker) stages.say(`worker ${cluster.worker.id} serves`);
    link?.ready();
    await shutdown.requested;
    log.info("stopping: no more connections, running requests are answered");
    http.state.stage = "stopping";
  } finally {
    stages.end();
    await shutdown.run();
    link?.close();
  }
}

/**
 * Runs several processes that serve on one port, each with a snapshot of its own, on one database. This one holds the
 * embedded Postgres, so that it outlives each of them, and serves nothing itself.
 */
async function runCluster(config: Config, workers: number): Promise<void> {
  const shutdown = makeShutdown();
  const stages = makeStages(process.stderr, () => undefined);
  try {
    const prepared = config.databaseUrl ? null : startPostgres(config, stages, shutdown);
    if (prepared && !(await shutdown.race(prepared))) return;
    await runWorkers(workers, { shutdown, say: stages.say });
  } finally {
    stages.end();
    await shutdown.run();
  }
}

interface Starting {
  readonly stages: Stages;
  readonly shutdown: Shutdown;
}

interface Started {
  readonly query: string;
  readonly firstKey: string | null;
}

async function start(
  config: Config,
  {
    http,
    stages,
    shutdown,
    link,
    log,
  }: Starting & { readonly http: HttpServer; readonly link: WorkerLink | null; readonly log: Log },
): Promise<Started> {
  const url = config.databaseUrl ?? (await startPostgres(config, stages, shutdown));
  const tracing = config.operating.traces
    ? await openTracing((problem) => log.warn({ problem }, "traces are not exported"))
    : null;
  shutdown.add(() => Promise.race([tracing?.close(), sleep(CLOSE_MS, undefined, { ref: false })]));
  http.state.tracing = tracing;
  const db = await stages.run("preparing the database", () =>
    openDatabase(url, { watch: tracing?.statement }),
  );
  shutdown.add(() => Promise.race([db.close(), sleep(CLOSE_MS, undefined, { ref: false })]));
  let settings: JSONObject | undefined;
  if (!config.databaseUrl && config.demo && (await isEmpty(db))) {
    settings = await stages.run("loading the demo graph", (progress) => loadDemo(db, config, progress));
  }
  const app = await stages.run("reading the graph", () =>
    createApp(db, config.backend, {
      model: chatOptionsOf(config),
      memory: config.memory,
      onCommitted: link?.committed,
    }),
  );
  link?.onCommitted((revision) => app.snapshot.expect(revision));
  shutdown.add(() => app.close());
  const backend = await stages.run("opening the compute backend", () => app.backend());
  shutdown.add(async () => backend.close());
  stages.say(`computing with ${describeBackend(backend)}${listSkipped(backend)}`);
  const tokens = config.tokens && (await openTokens(config.tokens, stages.say));
  const authenticate = makeAuthenticate(db, {
    ...{ openReading: config.openReading, tokens, notices: app.snapshot },
  });
  const user = await findSomeUser(db);
  if (user !== null) await stages.run("preparing the model", (progress) => app.fitIfNone(progress, settings));
  const documents = await openDocuments(config.documents, app.schema, stages.say);
  const tellErrors: typeof formatError = (formatted, error) =>
    formatError(formatted, error, (line) => log.error(line));
  const graphql = await createGraphql({
    schema: app.schema,
    authenticate,
    createContext: app.createContext,
    formatError: tellErrors,
    tracing,
    kept: { version: app.memoryRevision, bytes: config.memory.answerBytes },
    noteVariables: config.operating.log.variables,
    ...{ limits: config.limits, introspection: config.introspection },
    ...{ documents, automatic: config.documents.automatic },
  });
  shutdown.add(() => graphql.close());
  const subscriptions = openSubscriptions({
    ...{ schema: app.schema, authenticate, formatError: tellErrors, limits: config.limits, documents },
    createContext: app.createContext,
  });
  const { delayMs, mostMs } = config.operating.drain;
  shutdown.add(async () => {
    await sleep(delayMs);
    await Promise.all([http.close({ idleMs: IDLE_MS, mostMs }), subscriptions.close()]);
  });
  const problem = () => problemOf(app.snapshot.stats);
  const endWatch = watchReadiness(log, problem);
  shutdown.add(async () => endWatch());
  http.state.problem = problem;
  const { operations } = config.operating;
  http.state.metrics = openMetrics({ app, db, graphql, backend, authenticate, operations, problem });
  await http.listen();
  const query = makeExampleQuery(user);
  http.state.welcome = makeWelcome(http.url, query);
  http.state.graphql = graphql;
  http.state.subscriptions = subscriptions;
  http.state.reconcile = openReconcile({
    reconciler: app.reconciler,
    authorize: async (authorization) =>
      assertAllowed(await authenticate(authorization), "graph:read", "reconciling"),
  });
  return { query, firstKey: await createFirstKey(db) };
}

/** Why it is not a faster one. */
function listSkipped({ skipped }: Backend): string {
  return skipped.map(({ name, reason }) => `; not ${name}: ${reason}`).join("");
}

async function startPostgres(config: Config, stages: Stages, shutdown: Shutdown): Promise<string> {
  const embedded = await stages.run("starting Postgres", () =>
    openEmbedded(config.dataFolder, { role: "server", onNotice: stages.say }),
  );
  shutdown.add(() => embedded.close());
  embedded.ended.then(() => {
    const whose = embedded.started
      ? "the embedded Postgres"
      : "the server whose database this one had joined";
    shutdown.fail(
      new DomainError(
        "UNAVAILABLE",
        `${whose} has ended; start again; its log is ${join(config.dataFolder, "postgres.log")}`,
      ),
    );
  });
  return embedded.url;
}

/** Empty: no change was ever made and nobody did anything. */
async function isEmpty(db: Database): Promise<boolean> {
  const [row] = await db.query<{ empty: boolean }>(
    "select not exists (select from change) and not exists (select from interaction) as empty",
  );
  return row.empty;
}

async function findSomeUser(db: Database): Promise<string | null> {
  // index interaction_history (user_key, at desc, id desc)
  const [row] = await db.query<{ user_key: string }>(
    "select user_key from interaction order by user_key limit 1",
  );
  return row?.user_key ?? null;
}

function announce(http: HttpServer, config: Config, { query, firstKey }: Started): void {
  const where = config.databaseUrl ? withoutPassword(config.databaseUrl) : config.dataFolder;
  console.log(`\nWhygraph serves ${http.url}/graphql from ${where}. Ctrl-C stops it.\n`);
  console.log(`Try it:\n\n  ${makeCurl(http.url, query)}\n`);
  if (firstKey) {
    console.log(`Your ADMIN key, shown this once (header authorization: Bearer <key>):\n\n  ${firstKey}\n`);
  }
}
