import { createHash } from "node:crypto";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { ANONYMOUS } from "../../../src/access/makeViewer.ts";
import { createGraphql } from "../../../src/server/createGraphql.ts";
import { nameByText } from "../../../src/server/documents/nameByText.ts";
import { openServer } from "../../../src/server/openServer.ts";
import { undoAfterFile } from "../../support/undo.ts";

type Named = { readonly extensions: { readonly persistedQuery: { readonly sha256Hash: string } } };

describe("documents that are named by their text", () => {
  it("are found by that name, beside those that clients have named", async () => {
    const { name, cache } = nameByText();
    const named = name({ query: "{ a: b }", variables: { c: 1 }, extensions: { cost: true } }) as Named;
    expect(named).toMatchObject({ variables: { c: 1 }, extensions: { cost: true } });
    expect(named).not.toHaveProperty("query");
    expect(await cache.get(`apq:${named.extensions.persistedQuery.sha256Hash}`)).toBe("{ a: b }");
    await cache.set("apq:abc", "{ d }");
    expect(await cache.get("apq:abc")).toBe("{ d }");
    expect(await cache.get("apq:{ d }")).toBeUndefined();
  });

  it("have names that no client can know", async () => {
    const [one, other] = [nameByText(), nameByText()];
    const { sha256Hash } = (one.name({ query: "{ a }" }) as Named).extensions.persistedQuery;
    expect(await other.cache.get(`apq:${sha256Hash}`)).toBeUndefined();
  });

  it.each([
    [undefined],
    [[{ query: "{ a }" }]],
    [{ query: "" }],
    [{ query: 1 }],
    [{ query: "{ a }", extensions: "{}" }],
    [{ query: "{ a }", extensions: { persistedQuery: { version: 1, sha256Hash: "abc" } } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: "abc" } } }],
  ])("are only those of which there is one text and no other name: %j is left as it is", (body) => {
    expect(nameByText().name(body)).toBe(body);
  });
});

/** Starts a server that does, or does not, take documents by the hash that clients give them. */
async function serve(automatic: boolean) {
  const server = await openServer("127.0.0.1", 0);
  undoAfterFile(() => server.close());
  server.state.graphql = await createGraphql({
    schema: buildSchema("type Query { hello(to: String): String }"),
    authenticate: async () => ANONYMOUS,
    createContext: (viewer) => ({ viewer }),
    formatError: (formatted) => formatted,
    automatic,
  });
  server.state.stage = "ready";
  return async (body: unknown) => {
    const answer = await fetch(`${server.url}/graphql`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    });
    return [answer.status, await answer.text()];
  };
}

const deep = `{ ${"hello ".repeat(20_000)} }`;

it("answers as where Apollo hashes each document, whatever is sent, again and again", async () => {
  const [named, hashed] = [await serve(true), await serve(false)];
  const bodies = [
    { query: "query A { hello } query B { b: hello }", operationName: "B" },
    { query: "query ($to: String) { hello(to: $to) }", variables: { to: "you" } },
    { query: "query ($to: String) { hello(to: $to) }", variables: { to: 1 } },
    { query: "{ hello", extensions: null },
    { query: "{ nothing }", extensions: { a: ":" } },
    ...[{ query: deep }, { query: "" }, { query: 1 }, { query: "{ hello }", extensions: "no" }, {}, []],
  ];
  for (const body of [...bodies, ...bodies, ...bodies]) expect(await named(body)).toEqual(await hashed(body));
});

it("does not take a document by its hash that was only sent as text", async () => {
  const ask = await serve(true);
  const query = "{ hello }";
  const sha256Hash = createHash("sha256").update(query).digest("hex");
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const data = [200, '{"data":{"hello":null}}\n'];
  expect(await ask({ query })).toEqual(data);
  expect((await ask({ extensions }))[1]).toContain("PersistedQueryNotFound");
  expect(await ask({ query, extensions })).toEqual(data);
  expect(await ask({ extensions })).toEqual(data);
});
