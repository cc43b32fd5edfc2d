import { afterAll, beforeAll, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { createMetrics } from "../../src/server/createMetrics.ts";
import { OperationNames } from "../../src/server/observe/OperationNames.ts";
import { RequestRecord } from "../../src/server/observe/RequestRecord.ts";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";

const snapshot = {
  ...{ revision: "41", known: "44", stalenessMs: 250, unheardMs: 500, bytes: 1_024, reloads: 2 },
  connected: true,
};
const SOURCES = {
  snapshot: () => snapshot,
  pool: () => ({ size: 5, idle: 3, waiting: 2 }),
  statements: () => 77,
  caches: { lists: () => ({ hits: 8, misses: 9 }) },
  problem: () => null,
};
let server: HttpServer;

beforeAll(async () => {
  server = await openServer("127.0.0.1", 0);
});
afterAll(() => server.close());

const scrape = (headers: Record<string, string> = {}) => fetch(`${server.url}/metrics`, { headers });

it("has no numbers before there is something to count", async () => {
  server.state.stage = "reading the graph";
  const { status } = await scrape();
  expect(status).toBe(503);
});

it("shows the backend, the snapshot of the moment, and each answer of /graphql by its status", async () => {
  const metrics = createMetrics({
    backend: { name: "wasm", version: "4.22.0", device: 'a "CPU"' },
    ...SOURCES,
  });
  server.state.metrics = { ...metrics, authorize: async () => undefined };
  for (const method of ["PUT", "PUT", "POST"]) await fetch(`${server.url}/graphql`, { method }); // 405, 405, 503
  const response = await scrape();
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      'whygraph_backend_info{name="wasm",version="4.22.0",device="a \\"CPU\\""} 1',
      "whygraph_snapshot_revision 41",
      "whygraph_snapshot_staleness_seconds 0.25",
      "whygraph_snapshot_bytes 1024",
      "whygraph_snapshot_reloads 2",
      "whygraph_snapshot_connected 1",
      "whygraph_snapshot_lag_revisions 3", // 44 - 41
      "whygraph_snapshot_age_seconds 0.5",
      "whygraph_pool_connections 5",
      "whygraph_pool_idle_connections 3",
      "whygraph_pool_waiting 2",
      "whygraph_statements_total 77",
      'whygraph_cache_requests_total{cache="lists",result="hit"} 8',
      'whygraph_cache_requests_total{cache="lists",result="miss"} 9',
      "whygraph_ready 1",
      'whygraph_graphql_seconds_count{status="405"} 2',
      'whygraph_graphql_seconds_count{status="503"} 1',
    ]),
  );
  snapshot.revision = "42";
  expect(await (await scrape()).text()).toContain("whygraph_snapshot_revision 42\n");
});

it("shows nothing to whoever may not read", async () => {
  const metrics = createMetrics({
    backend: { name: "cpu", version: "1", device: "x" },
    ...SOURCES,
  });
  server.state.metrics = {
    ...metrics,
    authorize: async (authorization) => {
      if (authorization !== "Bearer right")
        throw new DomainError("UNAUTHENTICATED", "the request has no API key");
    },
  };
  const refused = await scrape();
  expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="whygraph"']);
  expect(await refused.json()).toEqual({
    errors: [{ message: "the request has no API key", extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect((await scrape({ authorization: "Bearer right" })).status).toBe(200);
});

it("answers GET and HEAD only", async () => {
  const { status, headers } = await fetch(`${server.url}/metrics`, { method: "POST" });
  expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

it("counts operations by their names, and those beyond the first few as other", async () => {
  const { observe, read } = createMetrics({
    backend: { name: "cpu", version: "1", device: "x" },
    ...{ ...SOURCES, operations: 2 },
  });
  const answer = (name: string | null, codes: readonly string[] = []) => {
    const record = new RequestRecord("id");
    record.operation = { name, kind: "query" };
    for (const code of codes) record.codes.add(code);
    record.stages.ranking = 3;
    observe({ record, response: { statusCode: 200 }, milliseconds: 30 });
  };
  for (const name of ["Home", "Search", "Home", "Junk1", "Junk2"]) answer(name);
  answer(null);
  answer("Junk3", ["NOT_FOUND"]);
  const lines = (await read()).split("\n");
  expect(lines.filter((line) => line.startsWith("whygraph_operation_seconds_count"))).toEqual([
    'whygraph_operation_seconds_count{operation="Home"} 2',
    'whygraph_operation_seconds_count{operation="Search"} 1',
    'whygraph_operation_seconds_count{operation="other"} 3',
    'whygraph_operation_seconds_count{operation="anonymous"} 1',
  ]);
  expect(lines).toContain('whygraph_operation_errors_total{operation="other",code="NOT_FOUND"} 1');
  expect(lines).toContain('whygraph_stage_seconds_bucket{le="0.002",stage="ranking"} 0');
  expect(lines).toContain('whygraph_stage_seconds_bucket{le="0.005",stage="ranking"} 7');
});

it("counts listed operations by name, and no others, whoever comes first", () => {
  const names = new OperationNames(["Home"]);
  expect(["Junk", "Home", null].map((name) => names.labelOf(name))).toEqual(["other", "Home", "anonymous"]);
  expect(new OperationNames(5).labelOf("J".repeat(101))).toBe("other");
});
