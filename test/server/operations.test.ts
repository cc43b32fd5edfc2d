import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { startServer } from "../support/server.ts";

vi.setConfig({ testTimeout: 120_000 }); // a real process, on machines with little to spare

const CLIENTS = 8;
const QUERY = `{ entities(first: 10) { edges { node { key name triples(first: 5) { edges { node { relation { label } } } } } } } }`;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage["headers"];
}

/** A client that keeps one connection. */
function openClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path: string, query?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const request = send(
        `${url}${path}`,
        { agent, method: query ? "POST" : "GET", headers },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk) => {
            text += chunk;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
          );
          response.on("error", reject);
        },
      );
      request.on("error", reject);
      request.end(query && JSON.stringify({ query }));
    });
}

const PAUSE_MS = 400; // of the half second after which an idle connection may be closed

/** Asks without a pause until nobody listens any more. */
async function load(url: string, tally: { answered: number; ended: number; lost: unknown[] }): Promise<void> {
  const ask = openClient(url);
  for (let last = performance.now(), paused = false; ; ) {
    paused = performance.now() - last > PAUSE_MS; // since the request before, on a machine that others keep busy
    last = performance.now();
    try {
      const { status, text } = await ask("/graphql", QUERY);
      if (status === 200 && JSON.parse(text).data.entities.edges.length === 10) tally.answered++;
      else tally.lost.push(text);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ECONNREFUSED" || (paused && code === "ECONNRESET")) tally.ended++;
      else tally.lost.push(error);
      return;
    }
  }
}

interface SpanOfTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** Takes what is exported, as a collector does. */
async function openCollector() {
  const bodies: string[] = [];
  const http = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      bodies.push(text);
      response.setHeader("content-type", "application/json").end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    bodies,
    spans: (): SpanOfTrace[] =>
      bodies
        .flatMap((body) => JSON.parse(body).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans),
    close: () => http.close(),
  };
}

let collector: Awaited<ReturnType<typeof openCollector>>;
let server: Awaited<ReturnType<typeof startServer>>;
let database: Database;

// While the file is read: what a hook creates would not be dropped.
const created = createTestDatabase();
beforeAll(async () => {
  database = await created;
  await insertFilms(database);
  collector = await openCollector();
  server = await startServer({
    ...{ DATABASE_URL: database.url, WHYGRAPH_READS: "joined", OTEL_BSP_SCHEDULE_DELAY: "100" },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
afterAll(() => collector.close());

it("shows the metrics that docs/operations.md lists, and no others", async () => {
  const client = openClient(server.url);
  const sentences = `query Told { recommendations(user: "ann", first: 2) { edges { node { explanation { sentence } } } } }`;
  for (let turn = 0; turn < 4; turn++) expect((await client("/graphql", sentences)).status).toBe(200);
  const { text } = await client("/metrics");
  const documented =
    readFileSync("docs/operations.md", "utf8").match(/`(whygraph|process|nodejs)_\w+`/g) ?? [];
  const shown = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => `\`${name}\``);
  expect(shown.sort()).toEqual([...new Set(documented)].sort());
  expect(text).toContain('whygraph_operation_seconds_count{operation="Told"} 4');
  for (const stage of ["history", "ranking", "evidence", "sentences"]) {
    expect(text).toMatch(new RegExp(`^whygraph_stage_seconds_count\\{stage="${stage}"\\} [1-4]$`, "m"));
  }
  // Each asks for a history and for a list; the third and the fourth run compiled.
  const counted = (cache: string) =>
    ["hit", "miss"].map((result) =>
      Number(
        new RegExp(
          `^whygraph_cache_requests_total\\{cache="${cache}",result="${result}"\\} (\\d+)$`,
          "m",
        ).exec(text)?.[1],
      ),
    );
  expect(counted("compiled")).toEqual([2, 2]);
  for (const cache of ["histories", "lists"]) {
    const [hits, misses] = counted(cache); // on a machine that is kept busy what is kept is not trusted
    expect(hits + misses).toBe(4);
    expect(misses).toBeGreaterThan(0);
  }
});

it("exports a trace that continues the client's, from GraphQL to SQL and the ranker, without values", async () => {
  const query = `query Told { recommendations(user: "ben", first: 2) { edges { node { item { name } } } } }`;
  const [traceId, parent] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];
  const headers = { "content-type": "application/json", traceparent: `00-${traceId}-${parent}-01` };
  const body = JSON.stringify({ query });
  expect((await fetch(`${server.url}/graphql`, { method: "POST", headers, body })).status).toBe(200);
  const own = () => collector.spans().filter((span) => span.traceId === traceId);
  await vi.waitUntil(() => own().some(({ name }) => name === "POST /graphql"), { timeout: 20_000 });
  const named = (name: string) => own().filter((span) => span.name === name);
  const [[request], [operation]] = [named("POST /graphql"), named("query Told")];
  expect(request.parentSpanId).toBe(parent);
  expect(operation.parentSpanId).toBe(request.spanId);
  for (const step of [
    "graphql.parse",
    "graphql.validate",
    "recommend.history",
    "recommend.ranking",
    "recommend.evidence",
  ]) {
    expect(named(step)).toMatchObject([{ parentSpanId: operation.spanId }]);
  }
  const [history] = named("recommend.history");
  const statements = own().filter(({ name }) => name.endsWith(" postgresql"));
  expect(statements.map(({ parentSpanId }) => parentSpanId)).toContain(history.spanId);
  expect(statements.map(({ parentSpanId }) => parentSpanId)).toContain(operation.spanId); // names of the items
  expect(collector.bodies.join("")).not.toContain("ben");
  expect(collector.bodies[0]).toContain('"service.name","value":{"stringValue":"whygraph"}');
});

it("answers every request of the connections that are open when it is told to stop, and takes no other", async () => {
  const tally = { answered: 0, ended: 0, lost: [] };
  const idle = openClient(server.url);
  const readiness = openClient(server.url);
  expect((await idle("/graphql", QUERY)).status).toBe(200);
  expect((await readiness("/health/ready")).status).toBe(200);
  const clients = Array.from({ length: CLIENTS }, () => load(server.url, tally));
  await vi.waitUntil(() => tally.answered > 50, { timeout: 60_000 });
  const before = tally.answered;
  server.child.kill("SIGTERM");
  await server.waitFor(/stopping: no more connections/);
  await sleep(100);
  const [last, ready] = await Promise.all([idle("/graphql", QUERY), readiness("/health/ready")]);
  expect([last.status, last.headers.connection]).toEqual([200, "close"]);
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    503,
    { status: "unavailable", reason: "stopping" },
  ]);
  await Promise.all(clients);
  expect(tally.lost).toEqual([]);
  expect(tally.ended).toBe(CLIENTS);
  expect(tally.answered).toBeGreaterThan(before);
  expect(await server.ended).toBe(0);
});
