import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, createApp } from "../../../src/app.ts";
import { makeAuthenticate } from "../../../src/auth.ts";
import { formatError } from "../../../src/formatError.ts";
import { createKey } from "../../../src/keys.ts";
import type { Database } from "../../../src/kg/database.ts";
import { DEFAULT_LIMITS, type Limits } from "../../../src/limits.ts";
import { createGraphql } from "../../../src/server/createGraphql.ts";
import { type HttpServer, openServer } from "../../../src/server/openServer.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

let db: Database;
let app: App;
let http: HttpServer;
let key: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  app = await createApp(db);
  await app.fitIfNone(() => undefined);
  key = (await createKey(db, "vera", "VIEWER")).key;
  http = await openServer("127.0.0.1", 0);
  http.state.stage = "ready";
  await serve({});
});
afterAll(async () => {
  await http.close();
  await app.close();
});

async function serve(limits: Partial<Limits>, introspection = true): Promise<void> {
  const all = { ...DEFAULT_LIMITS, ...limits };
  http.state.limits = all;
  http.state.graphql = await createGraphql({
    ...{ schema: app.schema, createContext: app.createContext, formatError, introspection },
    authenticate: makeAuthenticate(db, { openReading: true, notices: app.snapshot }),
    limits: all,
  });
}

async function ask(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${http.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as Json };
}
const PAGE =
  "query ($n: Int) { entities(first: $n) { nodes { name triples(first: 3) { nodes { tail { name } } } } } }";

it("tells what a query costs to who asks, by header or by extension, and to nobody else", async () => {
  const body = { query: PAGE, variables: { n: 50 } };
  expect((await ask(body)).json.extensions).toBeUndefined();
  const { cost } = (await ask(body, { "whygraph-cost": "1" })).json.extensions;
  expect((await ask({ ...body, extensions: { cost: true } })).json.extensions.cost).toEqual(cost);
  expect(cost).toMatchObject({ most: 500, left: null });
  expect(cost.requested).toBeGreaterThan(cost.actual); // the graph has fewer than 50 entities
  expect(cost.actual).toBeGreaterThan(0);
});

it("counts a query anew for each set of variables, though its document is known", async () => {
  const costOf = async (n: number): Promise<number> =>
    (await ask({ query: PAGE, variables: { n } }, { "whygraph-cost": "1" })).json.extensions.cost.requested;
  const most = ((await costOf(1)) + (await costOf(100))) / 2;
  await serve({ cost: most });
  expect((await ask({ query: PAGE, variables: { n: 1 } })).status).toBe(200);
  const { status, json } = await ask({ query: PAGE, variables: { n: 100 } });
  expect(status).toBe(400);
  expect(json.errors[0]).toMatchObject({
    message: expect.stringMatching(
      /the cost of the operation is [\d.]+, expected at most [\d.]+; ask for smaller pages/,
    ),
    extensions: { code: "LIMIT_EXCEEDED", limit: "cost", most },
  });
  expect((await ask({ query: PAGE, variables: { n: 1 } })).status).toBe(200);
});

it.each([
  ["tokens", { query: `{ ${"__typename ".repeat(6_000)} }` }],
  [
    "aliases",
    { query: `{ entities { nodes { ${Array.from({ length: 60 }, (_, i) => `a${i}: name`).join(" ")} } } }` },
  ],
  ["rootFields", { query: `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: __typename`).join(" ")} }` }],
  ["directives", { query: `{ viewer { name ${"@skip(if: false) ".repeat(40)} } }` }],
  ["depth", { query: `{ changes { nodes { ${"reverts { ".repeat(25)} id ${"} ".repeat(25)} } } }` }],
  ["nesting", { query: `{ entities(filter: ${"[".repeat(2_000)} } }` }],
  ["page", { query: PAGE, variables: { n: 200_000 } }],
  [
    "inputList",
    {
      query: "query ($k: [String!]) { entities(filter: { keys: $k }) { nodes { id } } }",
      variables: { k: Array(2_000).fill("a") },
    },
  ],
])("refuses %s over the limit with 400, a code and what to change", async (limit, body) => {
  await serve({});
  const { status, json } = await ask(body);
  expect([status, json.errors[0].extensions]).toMatchObject([400, { code: "LIMIT_EXCEEDED", limit }]);
  expect(json.errors[0].message).toMatch(/expected at most \d+; \w+/);
  expect(json.data).toBeUndefined();
});

it("refuses an answer that is too long, and tells faults of a query up to a number", async () => {
  await serve({ responseBytes: 300 });
  const { status, json } = await ask({ query: PAGE, variables: { n: 20 } });
  expect([status, json.errors[0].extensions.code]).toEqual([422, "LIMIT_EXCEEDED"]);
  await serve({ faults: 3 });
  const faults = (await ask({ query: `{ ${"abcdefgh".replace(/./g, "$& ")} }` })).json.errors;
  expect(faults).toHaveLength(4); // and that there are more
});

it("gives each viewer a budget, and says when there is more", async () => {
  await serve({ budget: 6, anonymousBudget: 3 });
  const body = { query: PAGE, variables: { n: 2 }, extensions: { cost: true } };
  const { json } = await ask(body);
  expect(json.extensions.cost.left).toBeCloseTo(3 - json.extensions.cost.requested, 1);
  let answer = await ask(body);
  for (let i = 0; i < 5 && answer.status === 200; i++) answer = await ask(body);
  expect(answer.status).toBe(429);
  expect(answer.json.errors[0].extensions).toMatchObject({ code: "BUDGET_EXCEEDED", perMinute: 3 });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ask(body, { authorization: `Bearer ${key}` })).status).toBe(200);
});

it("ends a query whose time is up, with its SQL", async () => {
  await serve({ milliseconds: 300 });
  const blocked = await db.connect();
  await blocked.query("begin");
  await blocked.query("lock table relation in access exclusive mode");
  try {
    const { status, json } = await ask({ query: "{ relations { nodes { key } } }" });
    expect([status, json.errors[0].extensions.code]).toEqual([422, "TIME_EXCEEDED"]);
    const waiting =
      "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let [{ count }] = (await blocked.query(waiting)).rows;
    for (let i = 0; i < 200 && count > 0; i++) [{ count }] = (await blocked.query(waiting)).rows;
    expect(count).toBe(0);
  } finally {
    await blocked.query("rollback");
    await blocked.end();
  }
});

it("refuses the name of an operation that is not there, be it of Object's own", async () => {
  await serve({});
  for (const operationName of ["other", "__proto__", "toString"]) {
    const { status, json } = await ask({ query: "query one { viewer { name } }", operationName });
    expect([status, json.errors[0].extensions.code]).toEqual([400, "OPERATION_RESOLUTION_FAILURE"]);
  }
});

it("hides the schema where it is told to, and hints at its names too", async () => {
  await serve({}, false);
  expect((await ask({ query: "{ __schema { types { name } } }" })).status).toBe(400);
  const { json } = await ask({ query: "{ entitis { nodes { id } } }" });
  expect(json.errors[0].message).not.toMatch(/did you mean/i);
});
