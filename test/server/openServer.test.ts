import { connect } from "node:net";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ANONYMOUS } from "../../src/access/makeViewer.ts";
import { DomainError } from "../../src/errors.ts";
import { createGraphql } from "../../src/server/createGraphql.ts";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";

const schema = buildSchema("type Query { hello: String, slow: String }");
let server: HttpServer;

beforeAll(async () => {
  server = await openServer("127.0.0.1", 0);
});
afterAll(() => server.close());

async function makeGraphql() {
  return createGraphql({
    schema,
    authenticate: async (authorization) => {
      if (authorization === "Bearer wrong")
        throw new DomainError("UNAUTHENTICATED", "the API key is unknown");
      return ANONYMOUS;
    },
    createContext: (viewer) => ({ viewer }),
    formatError: (formatted) => formatted,
  });
}

const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
const post = (body: string, headers: Record<string, string> = {}) =>
  ask("/graphql", { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
async function codeOf(response: Response) {
  expect(response.headers.get("content-type")).toContain("json");
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  return [response.status, errors[0].extensions.code, errors[0].message];
}

it("is live from the first moment, and says why it is not ready", async () => {
  server.state.stage = "loading the demo graph";
  expect((await ask("/health/live")).status).toBe(200);
  const ready = await ask("/health/ready");
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "unavailable", reason: "loading the demo graph" },
  ]);
  expect(await codeOf(await post(`{"query":"{hello}"}`))).toEqual([
    503,
    "UNAVAILABLE",
    "the gateway is loading the demo graph; see /health/ready",
  ]);
  server.state.graphql = await makeGraphql();
  server.state.stage = "ready";
  expect((await ask("/health/ready")).status).toBe(200);
  expect((await ask("/health/ready", { method: "HEAD" })).status).toBe(200);
});

it("answers POST and GET", async () => {
  const posted = await post(`{"query":"{ hello }"}`);
  expect([posted.status, await posted.json()]).toEqual([200, { data: { hello: null } }]);
  const got = await ask("/graphql?query=%7Bhello%7D", { headers: { "apollo-require-preflight": "1" } });
  expect([got.status, await got.json()]).toEqual([200, { data: { hello: null } }]);
});

it("refuses a GET that another site's page could send", async () => {
  const [status, code] = await codeOf(await ask("/graphql?query=%7Bhello%7D"));
  expect([status, code]).toEqual([400, "BAD_REQUEST"]);
});

it.each([
  ["a body that is not JSON", () => post("{"), 400, /is not JSON/],
  ["an empty body", () => post(""), 400, /it is empty/],
  [
    "a body that is not UTF-8",
    () => post(Buffer.from([0x22, 0xff, 0x22]) as unknown as string),
    400,
    /UTF-8/,
  ],
  ["a body over 1 MiB", () => post(" ".repeat(1_048_577)), 413, /1048577 bytes, expected at most 1048576/],
  [
    "another content type",
    () => post("{hello}", { "content-type": "text/plain" }),
    415,
    /"text\/plain", expected/,
  ],
  ["another encoding", () => post("x", { "content-encoding": "gzip" }), 415, /"gzip", expected none/],
  ["another method", () => ask("/graphql", { method: "PUT" }), 405, /PUT, expected GET or POST/],
  ["another path", () => ask("/grahpql"), 404, /"\/grahpql"; expected \/graphql/],
  ["a path of Object's own", () => ask("/toString"), 404, /expected \/graphql/],
])("answers %s in JSON", async (_, request, expected, message) => {
  const [status, , text] = await codeOf(await request());
  expect(status).toBe(expected);
  expect(text).toMatch(message);
});

it("answers a wrong key with 401 and the code UNAUTHENTICATED", async () => {
  const response = await post(`{"query":"{ hello }"}`, { authorization: "Bearer wrong" });
  expect(response.headers.get("www-authenticate")).toBe('Bearer realm="whygraph"');
  expect(await codeOf(response)).toEqual([401, "UNAUTHENTICATED", "the API key is unknown"]);
});

it("answers what is not HTTP in JSON, and hangs up", async () => {
  const { port, hostname } = new URL(server.url);
  const answer = await new Promise<string>((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write("nonsense\r\n\r\n"));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\{"errors":\[\{"message":"the request is not HTTP/);
});

/** The status line of what a request is answered with. */
function statusOf(url: string, lines: readonly string[]): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    socket.once("data", (chunk) => {
      resolve(String(chunk).split("\r\n", 1)[0]);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

it("answers only who names this machine, where reading is open by default", async () => {
  const other = await openServer("127.0.0.1", 0);
  other.state.localOnly = true;
  const get = (host: string) => statusOf(other.url, ["GET /health/live HTTP/1.1", `host: ${host}`]);
  for (const host of ["localhost:4000", "127.0.0.1", "127.8.8.8:1", "[::1]:4000", "LOCALHOST"]) {
    expect(await get(host), host).toBe("HTTP/1.1 200 OK");
  }
  for (const host of ["evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example", "1.2.3.4"]) {
    expect(await get(host), host).toBe("HTTP/1.1 403 Forbidden");
  }
  const upgrade = ["GET /graphql HTTP/1.1", "connection: upgrade", "upgrade: websocket"];
  const socket = (host: string) =>
    statusOf(other.url, [...upgrade, `host: ${host}`, `origin: http://${host}`]);
  expect(await socket("evil.example:4000")).toBe("HTTP/1.1 403 Forbidden");
  expect(await socket("localhost:4000")).toBe("HTTP/1.1 503 Service Unavailable"); // it has no subscriptions yet
  await other.close();
});

it("names the taken port and a way out", async () => {
  const port = Number(new URL(server.url).port);
  await expect(openServer("127.0.0.1", port)).rejects.toThrow(
    `port ${port} on 127.0.0.1 is in use by another program; stop it, or choose another with PORT=${port + 1}`,
  );
});

it("lets a running request finish when it closes, and takes no other", async () => {
  const other = await openServer("127.0.0.1", 0);
  let finish: (text: string) => void = () => undefined;
  const graphql = await makeGraphql();
  other.state.graphql = {
    ...graphql,
    respond: async (request, body) => {
      await new Promise<string>((resolve) => {
        finish = resolve;
      });
      return graphql.respond(request, body);
    },
  };
  const headers = { "content-type": "application/json" };
  const running = fetch(`${other.url}/graphql`, { method: "POST", body: `{"query":"{hello}"}`, headers });
  while (finish.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const closed = other.close();
  await expect(fetch(`${other.url}/health/live`)).rejects.toThrow();
  finish("");
  expect(await (await running).json()).toEqual({ data: { hello: null } });
  await closed;
});
