import { buildSchema } from "graphql";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ANONYMOUS, makeViewer } from "../../../src/access/makeViewer.ts";
import { DomainError } from "../../../src/errors.ts";
import { formatError } from "../../../src/formatError.ts";
import { createGraphql } from "../../../src/server/createGraphql.ts";
import { type LogOptions, openLog } from "../../../src/server/observe/openLog.ts";
import { type HttpServer, openServer } from "../../../src/server/openServer.ts";

const schema = buildSchema(
  "type Query { hello(user: String): String, bug: Int, away: Int, refused: Int, sad: Int! }",
);
const reset = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
const RESOLVERS: Readonly<Record<string, () => string>> = {
  hello: () => "hello",
  bug: () => {
    throw new TypeError("boom");
  },
  away: () => {
    throw reset;
  },
  sad: () => {
    throw reset;
  },
  refused: () => {
    throw new DomainError("NOT_FOUND", "there is no such thing");
  },
};
for (const [name, resolve] of Object.entries(RESOLVERS)) {
  Object.assign(schema.getQueryType()?.getFields()[name] ?? {}, { resolve });
}

let server: HttpServer;
let lines: string[] = [];
const entries = () => lines.map((line) => JSON.parse(line));

async function listenWith(options: LogOptions, slowMs: number, noteVariables = false): Promise<void> {
  lines = [];
  const log = await openLog(options, { write: (line) => lines.push(line) });
  server.state.log = { log, slowMs };
  server.state.graphql = await createGraphql({
    ...{ schema, noteVariables },
    authenticate: async (authorization) =>
      authorization ? makeViewer(authorization.slice(7), "VIEWER") : ANONYMOUS,
    createContext: (viewer) => ({ viewer }),
    formatError: (formatted, error) => formatError(formatted, error, (line) => log.error(line)),
  });
}

beforeAll(async () => {
  server = await openServer("127.0.0.1", 0);
});
afterAll(() => server.close());
beforeEach(() => listenWith({ level: "debug", format: "json" }, 60_000));

async function ask(query: string, headers: Record<string, string> = {}, more: object = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, ...more }),
  });
  await response.text();
  await new Promise((resolve) => setTimeout(resolve, 20)); // the log is written when the connection is free again
  return response;
}

it("takes the id of a request where it is sane, makes another otherwise, and answers with it", async () => {
  expect((await ask("{ hello }", { "x-request-id": "gate-7/abc" })).headers.get("x-request-id")).toBe(
    "gate-7/abc",
  );
  const made = (await ask("{ hello }", { "x-request-id": 'a "quoted" one' })).headers.get("x-request-id");
  expect(made).toMatch(/^[0-9a-f-]{36}$/);
  expect(
    (await ask("{ hello }", { "x-request-id": "x".repeat(129) })).headers.get("x-request-id"),
  ).not.toContain("x");
  expect((await fetch(`${server.url}/health/live`)).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(
    entries()
      .slice(0, 2)
      .map(({ requestId }) => requestId),
  ).toEqual(["gate-7/abc", made]);
});

it("tells of a request by its operation, and neither its variables nor its document nor a key", async () => {
  const variables = { u: "user-4711" };
  await ask(
    "query Home($u: String) { hello(user: $u) }",
    { authorization: "Bearer wg_secret" },
    { variables },
  );
  const search = new URLSearchParams({ query: '{ hello(user: "user-4711") }' });
  await fetch(`${server.url}/graphql?${search}`, { headers: { "apollo-require-preflight": "1" } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [home, got] = entries();
  expect(home).toMatchObject({
    ...{ level: "debug", method: "POST", path: "/graphql", status: 200, operation: "Home", kind: "query" },
    ms: expect.any(Number),
  });
  expect(got).toMatchObject({ method: "GET", path: "/graphql", operation: "anonymous" });
  expect(lines.join("")).not.toMatch(/user-4711|Bearer|hello\(/);
});

it("tells the variables where it is asked to", async () => {
  await listenWith({ level: "debug", format: "json" }, 60_000, true);
  await ask("query Home($u: String) { hello(user: $u) }", {}, { variables: { u: "user-4711" } });
  expect(entries()[0].variables).toEqual({ u: "user-4711" });
});

it("names a person of a token no more than a token", async () => {
  await ask("{ hello }", { authorization: "Bearer jwt:ann@example.org" });
  expect(entries()[0].viewer).toBe("jwt");
});

it("warns of slow requests, and says nothing of the others by default", async () => {
  await listenWith({ level: "info", format: "json" }, 60_000);
  await ask("{ hello }");
  await ask("{ refused }");
  expect(lines).toEqual([]);
  await listenWith({ level: "info", format: "json" }, 0);
  await ask("query Home { hello }");
  expect(entries()).toMatchObject([{ level: "warn", operation: "Home", msg: "slow request" }]);
});

it("tells of a bug under the id that the client gets, with the id of the request", async () => {
  const id = (await ask("{ bug }")).headers.get("x-request-id");
  const [bug, request] = entries();
  expect(bug).toMatchObject({ level: "error", msg: expect.stringContaining("TypeError: boom") });
  expect(request).toMatchObject({ level: "error", requestId: id, codes: ["INTERNAL_SERVER_ERROR"] });
  expect(bug.msg).toContain(request.errorIds[0]);
});

it("answers 503 where Postgres is out of reach, to be tried again, and keeps what it has else", async () => {
  const gone = await ask("{ sad }");
  expect([gone.status, gone.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(entries()[0]).toMatchObject({ level: "warn", codes: ["UNAVAILABLE"] });
  expect((await ask("{ away }")).status).toBe(503);
  expect((await ask("{ hello away }")).status).toBe(200);
  expect((await ask("{ away refused }")).status).toBe(200);
});

it("warns once of each reason why it is not ready, however often somebody asks", async () => {
  const { state } = server;
  const poll = async (times: number) => {
    for (let i = 0; i < times; i++) await (await fetch(`${server.url}/health/ready`)).text();
  };
  const told = async () => {
    lines = [];
    await poll(3);
    return entries().map(({ level, status }) => `${level} ${status}`);
  };
  const often = ["warn 503", "debug 503", "debug 503"];
  const initial = state.stage;
  try {
    state.stage = "loading the graph";
    expect(await told()).toEqual(often);
    expect(await told()).toEqual(["debug 503", "debug 503", "debug 503"]);
    state.stage = "loading the model";
    expect(await told()).toEqual(often);
    state.stage = "ready";
    expect(await told()).toEqual(["debug 200", "debug 200", "debug 200"]);
    state.problem = () => "Postgres is out of reach";
    expect(await told()).toEqual(often);
    lines = [];
    expect((await ask("{ hello }")).status).toBe(503); // whoever wanted an answer is told of each time
    expect((await ask("{ hello }")).status).toBe(503);
    expect(entries().map(({ level }) => level)).toEqual(["warn", "warn"]);
  } finally {
    Object.assign(state, { stage: initial, problem: () => null });
  }
});

it("writes for people on a terminal", async () => {
  await listenWith({ level: "debug", format: "text" }, 60_000);
  await ask("query Home { hello }", { "x-request-id": "abc" });
  expect(lines.join("")).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d+\] DEBUG: request \{.*"requestId":"abc".*"operation":"Home"/,
  );
});

it("never writes what a key or a password is", async () => {
  const log = await openLog({ level: "info", format: "json" }, { write: (line) => lines.push(line) });
  log.info({ key: "wg_1", headers: { authorization: "Bearer wg_2", cookie: "c3" }, password: "p4" }, "x");
  expect(lines.join("")).not.toMatch(/wg_1|wg_2|c3|p4/);
});
