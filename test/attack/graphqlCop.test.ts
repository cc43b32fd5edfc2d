import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { readConfig } from "../../src/config.ts";
import { formatError } from "../../src/formatError.ts";
import { createKey } from "../../src/keys.ts";
import { createGraphql } from "../../src/server/createGraphql.ts";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

let http: HttpServer;
let key: string;
let close: () => Promise<void>;
beforeAll(async () => {
  const db = await createTestDatabase();
  await insertFilms(db);
  const app = await createApp(db);
  key = (await createKey(db, "cop", "ADMIN")).key;
  const { limits, introspection } = readConfig({ NODE_ENV: "production" });
  http = await openServer("127.0.0.1", 0);
  http.state.limits = limits;
  http.state.graphql = await createGraphql({
    ...{ schema: app.schema, createContext: app.createContext, formatError, limits, introspection },
    authenticate: makeAuthenticate(db, { openReading: true, notices: app.snapshot }),
  });
  http.state.stage = "ready";
  close = async () => {
    await http.close();
    await app.close();
  };
});
afterAll(() => close());

const json = { "content-type": "application/json" };
const send = async (init: RequestInit, path = "/graphql"): Promise<{ answer: Json; text: string }> => {
  const headers = { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) };
  const text = await (await fetch(`${http.url}${path}`, { ...init, headers })).text();
  let answer: Json = null;
  try {
    answer = JSON.parse(text);
  } catch {}
  return { answer, text };
};
const post = (body: unknown) => send({ method: "POST", headers: json, body: JSON.stringify(body) });
const typename = (answer: Json): unknown => answer?.data?.__typename;
const encoded = encodeURIComponent("query cop { __typename }");

/** The checks of graphql-cop 1.x in its settings of what is a finding: each gives whether it found something. */
const CHECKS: readonly (readonly [name: string, finds: () => Promise<boolean>])[] = [
  [
    "alias overloading: 101 aliases of one field",
    async () => {
      const aliases = Array.from({ length: 101 }, (_, i) => `alias${i}:__typename`).join(" ");
      return (await post({ query: `query cop { ${aliases} }` })).answer.data?.alias100 !== undefined;
    },
  ],
  [
    "array-based query batching: 10 queries",
    async () => (await post(Array(10).fill({ query: "query cop { __typename }" }))).answer.length >= 10,
  ],
  [
    "field suggestions",
    async () => /did you mean/i.test((await post({ query: "query cop { __schema { directive } }" })).text),
  ],
  [
    "GraphiQL or a playground",
    async () => {
      const pages = ["/", "/graphql", "/graphiql", "/playground", "/console"];
      const texts = await Promise.all(pages.map((path) => send({ headers: { accept: "text/html" } }, path)));
      return texts.some(({ text }) =>
        /graphi?ql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground|Sandbox/.test(text),
      );
    },
  ],
  [
    "introspection",
    async () =>
      (await post({ query: "query cop { __schema { types { name fields { name } } } }" })).answer.data
        ?.__schema !== undefined,
  ],
  [
    "directive overloading: 10 of one kind",
    async () =>
      (await post({ query: `query cop { __typename ${"@aa".repeat(10)} }` })).answer.errors.length >= 10,
  ],
  [
    "circular introspection",
    async () =>
      (
        await post({
          query: `query cop { __schema { types { ${"fields { type { ".repeat(5)} name ${"} } ".repeat(5)} } } }`,
        })
      ).answer.data !== undefined,
  ],
  [
    "queries by GET that any page may send",
    async () => typename((await send({ method: "GET" }, `/graphql?query=${encoded}`)).answer) !== undefined,
  ],
  [
    "mutations by GET",
    async () => {
      const mutation = encodeURIComponent("mutation cop { __typename }");
      const { answer } = await send(
        { method: "GET", headers: { "apollo-require-preflight": "1" } },
        `/graphql?query=${mutation}`,
      );
      return typename(answer) !== undefined;
    },
  ],
  [
    "queries by POST as a form",
    async () => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return (
        typename((await send({ method: "POST", headers, body: `query=${encoded}` })).answer) !== undefined
      );
    },
  ],
  [
    "trace mode",
    async () =>
      /tracing|stacktrace|exception/i.test((await post({ query: "query cop { __typename cop }" })).text),
  ],
  [
    "field duplication: 500 times one field",
    async () =>
      typename((await post({ query: `query cop { ${"__typename ".repeat(500)} }` })).answer) !== undefined,
  ],
  [
    "unhandled errors",
    async () => /exception|internal|\bat \S+:\d+/i.test((await post({ query: "qwerty cop { abc }" })).text),
  ],
];

describe("of the checks of graphql-cop", () => {
  it("would be answered, were it not for what they do", async () => {
    expect(typename((await post({ query: "query cop { __typename }" })).answer)).toBe("Query");
  });

  it.each(CHECKS)("%s: no finding", async (_, finds) => {
    expect(await finds()).toBe(false);
  });
});
