import { afterAll, beforeAll, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { createMetrics } from "../../src/server/createMetrics.ts";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";

const snapshot = { revision: "41", stalenessMs: 250, bytes: 1_024, reloads: 2, connected: true };
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
    snapshot: () => snapshot,
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
    snapshot: () => snapshot,
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
