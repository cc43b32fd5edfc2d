import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/keys.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { openService } from "./openService.ts";
import { faultsOf } from "./schemas.ts";

type Service = Awaited<ReturnType<typeof openService>>;
let open: Service;
let closed: Service;
let reader: { readonly authorization: string };
let recommender: { readonly authorization: string };
beforeAll(async () => {
  const db = await createTestDatabase();
  await insertFilms(db);
  open = await openService(db, { openReading: true });
  closed = await openService(db, { openReading: false });
  const { key } = await createKey(db, "reader", { role: "VIEWER", scopes: ["graph:read"] });
  reader = { authorization: `Bearer ${key}` };
  const other = await createKey(db, "recommender", { role: "ADMIN", scopes: ["recommend:read"] });
  recommender = { authorization: `Bearer ${other.key}` };
});
afterAll(async () => {
  await open.close();
  await closed.close();
});

async function refusalOf(response: Response): Promise<[status: number, code: string, message: string]> {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  return [response.status, errors[0].extensions.code, errors[0].message];
}

describe("the manifest", () => {
  it("says what is offered, and where, as the specification has it", async () => {
    const manifest = await open.read("");
    expect(faultsOf("manifest", manifest)).toEqual([]);
    const { url } = open;
    expect(manifest).toMatchObject({
      versions: ["0.2"],
      name: `Whygraph at ${new URL(url).host}`,
      identifierSpace: "urn:whygraph:entity:",
      schemaSpace: "urn:whygraph:type:",
      view: { url: `${url}/view?id={{id}}` },
      preview: { url: `${url}/preview?id={{id}}`, width: 400, height: 260 },
      suggest: { entity: { service_url: url, service_path: "/suggest/entity" } },
      extend: { propose_properties: { service_url: url, service_path: "/properties" } },
      batchSize: 50,
      defaultTypes: [
        { id: "movie", name: "movie" },
        { id: "person", name: "person" },
        { id: "genre", name: "genre" },
      ],
    });
    expect(manifest).not.toHaveProperty("authentication");
  });

  it("leads to what it names", async () => {
    type Place = { readonly service_url: string; readonly service_path: string };
    const manifest = await open.read<{
      readonly suggest: Readonly<Record<string, Place>>;
      readonly extend: { readonly propose_properties: Place };
      readonly view: { readonly url: string };
      readonly preview: { readonly url: string };
    }>("");
    const places = [...Object.values(manifest.suggest), manifest.extend.propose_properties];
    const pages = [manifest.view, manifest.preview].map(({ url }) =>
      url.replace("{{id}}", encodeURIComponent("movie:alien")),
    );
    const all = [
      ...places.map((place) => `${place.service_url + place.service_path}?prefix=a&type=movie`),
      ...pages,
    ];
    const statuses = await Promise.all(all.map(async (url) => (await fetch(url)).status));
    expect(statuses).toEqual(all.map(() => 200));
  });

  it("tells the address that a proxy was asked under", async () => {
    const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "graph.example" };
    const { view } = (await (await open.get("/", headers)).json()) as { view: { url: string } };
    expect(view.url).toBe("https://graph.example/reconcile/view?id={{id}}");
    const odd = await (await open.get("", { "x-forwarded-host": "a/<b>" })).json();
    expect(odd).toMatchObject({ view: { url: `${open.url}/view?id={{id}}` } });
  });
});

describe("a service that needs a key", () => {
  it("says so in a manifest that tells nothing of the graph", async () => {
    const manifest = await closed.read("");
    expect(faultsOf("manifest", manifest)).toEqual([]);
    expect(manifest).toMatchObject({
      authentication: { type: "apiKey", name: "Authorization", in: "header" },
    });
    expect(manifest).not.toHaveProperty("defaultTypes");
    const known = await closed.get("", reader);
    expect(await known.json()).toMatchObject({
      defaultTypes: expect.arrayContaining([{ id: "movie", name: "movie" }]),
    });
  });

  it.each([
    "",
    "?queries=%7B%7D",
    "/suggest/entity?prefix=a",
    "/suggest/type?prefix=",
    "/preview?id=movie:alien",
    "/properties?type=movie",
  ])("refuses a wrong key at %s", async (path) => {
    const response = await closed.get(path, { authorization: "Bearer wg_wrong" });
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect((await refusalOf(response)).slice(0, 2)).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("refuses questions without a key, before it reads them, and answers them with one", async () => {
    const queries = { q0: { query: "Alien" } };
    expect((await refusalOf(await closed.post({ queries })))[0]).toBe(401);
    expect((await refusalOf(await closed.post({ queries: "no batch" })))[0]).toBe(401);
    const known = await closed.post({ queries }, reader);
    expect(known.status).toBe(200);
  });

  it("refuses a key that may not read the graph", async () => {
    const [status, code, message] = await refusalOf(await closed.get("/suggest/type?prefix=", recommender));
    expect([status, code]).toEqual([403, "FORBIDDEN"]);
    expect(message).toContain("reconciling needs the scope graph:read");
  });
});

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`q${i}`, { query: "Alien" }]));

it.each([
  ["a batch of 51", { queries: many(51) }, 413, "the batch has 51 queries, expected at most 50"],
  ["a batch that is a list", { queries: [] }, 400, "queries is [], expected an object"],
  ["a query that is none", { queries: { a: 1 } }, 400, "a is 1, expected a query"],
  ["a query without anything", { queries: { a: { limit: 1 } } }, 400, "a has neither query nor properties"],
  [
    "a limit of 0",
    { queries: { a: { query: "x", limit: 0 } } },
    400,
    "a.limit is 0, expected a whole number from 1",
  ],
  [
    "an unknown field",
    { queries: { a: { query: "x", size: 3 } } },
    400,
    'a has the field "size", expected only query',
  ],
  [
    "an unknown strictness",
    { queries: { a: { query: "x", type_strict: "very" } } },
    400,
    'a.type_strict is "very"',
  ],
  ["a query that is no text", { queries: { a: { query: 3 } } }, 400, "a.query is 3, expected a text"],
  [
    "an unknown property",
    { queries: { a: { query: "x", properties: [{ pid: "made_by", v: "y" }] } } },
    400,
    'the property "made_by" is unknown',
  ],
  [
    "a property without a value",
    { queries: { a: { properties: [{ pid: "starring" }] } } },
    400,
    "a.properties[0].v is missing",
  ],
  [
    "a value that is none",
    { queries: { a: { properties: [{ pid: "starring", v: { name: "y" } }] } } },
    400,
    'a.properties[0].v is {"name":"y"}',
  ],
  [
    "11 values",
    { queries: { a: { properties: [{ pid: "starring", v: Array(11).fill("y") }] } } },
    400,
    "a.properties[0].v has 11 elements, expected at most 10",
  ],
  ["two questions at once", { queries: {}, extend: {} }, 400, "both of queries and extend are set"],
  ["no question", { query: "x" }, 400, "neither of queries and extend are set"],
  ["columns of nothing", { extend: { properties: [] } }, 400, "ids is missing, expected a list"],
  [
    "201 entities",
    { extend: { ids: Array(201).fill("a"), properties: [] } },
    400,
    "ids has 201 elements, expected at most 200",
  ],
  [
    "a column of an unknown property",
    { extend: { ids: [], properties: [{ id: "made_by" }] } },
    400,
    'the property "made_by" is unknown',
  ],
  [
    "a column twice",
    { extend: { ids: [], properties: [{ id: "starring" }, { id: "starring" }] } },
    400,
    'properties has "starring" twice',
  ],
  [
    "an odd setting",
    { extend: { ids: [], properties: [{ id: "starring", settings: { limit: "few" } }] } },
    400,
    'properties[0].settings.limit is "few"',
  ],
])("refuses %s in JSON, saying what was expected", async (_, form, status, message) => {
  const refusal = await refusalOf(await open.post(form));
  expect(refusal).toEqual([status, "BAD_REQUEST", expect.stringContaining(message)]);
});

it.each([
  [
    "JSONP",
    () => open.get("?callback=jQuery123"),
    400,
    /callback is set, but there is no JSONP; expected CORS/,
  ],
  ["what is not JSON", () => open.get("?queries=%7B"), 400, /queries is not JSON/],
  [
    "another path",
    () => open.get("/flyout"),
    404,
    /"\/reconcile\/flyout"; expected \/reconcile, \/reconcile\/suggest\/entity/,
  ],
  ["another method", () => fetch(open.url, { method: "DELETE" }), 405, /DELETE, expected GET or POST/],
  [
    "a POST where only GET is",
    () => fetch(`${open.url}/properties`, { method: "POST" }),
    405,
    /expected GET/,
  ],
  [
    "a body that is no form",
    () => fetch(open.url, { method: "POST", body: "{}", headers: { "content-type": "application/json" } }),
    415,
    /expected application\/x-www-form-urlencoded/,
  ],
  ["a body over 1 MiB", () => open.post({ queries: "x".repeat(1_048_577) }), 413, /expected at most 1048576/],
  ["a page of nothing", () => open.get("/preview"), 400, /id is missing/],
  ["a cursor that is none", () => open.get("/suggest/type?cursor=-1"), 400, /cursor is "-1"/],
])("refuses %s", async (_, ask, status, message) => {
  const [found, , text] = await refusalOf(await ask());
  expect(found).toBe(status);
  expect(text).toMatch(message);
});

it("says that it is not ready until there is a graph", async () => {
  const { reconcile } = closed.server.state;
  closed.server.state.reconcile = null;
  closed.server.state.stage = "reading the graph";
  const response = await closed.get("");
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await refusalOf(response)).toEqual([
    503,
    "UNAVAILABLE",
    "the gateway is reading the graph; see /health/ready",
  ]);
  closed.server.state.reconcile = reconcile;
});
