import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { createClient } from "graphql-sse";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { readManifest } from "../../src/server/documents/readManifest.ts";
import { resolveSearch } from "../../src/server/documents/resolveSearch.ts";
import { type DocumentsMode, trustDocuments } from "../../src/server/documents/trustDocuments.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { startServer } from "../support/server.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

const SCHEMA = buildSchema("type Query { name: String age: Int }");
const NAME = "query Name { name }";
const RELAY = JSON.stringify({ abc: NAME });
const APOLLO = JSON.stringify({
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations: [{ id: "abc", name: "Name", type: "query", body: NAME }],
});

function trust(mode: DocumentsMode) {
  const log = vi.fn();
  return { log, ...trustDocuments(readManifest(RELAY, SCHEMA), mode, log) };
}

it.each([RELAY, APOLLO])(
  "reads the manifests that relay-compiler and Apollo's generator write: %s",
  (text) => {
    expect([...readManifest(text, SCHEMA)]).toEqual([["abc", NAME]]);
  },
);

it.each([
  ["{", "is not JSON"],
  ["[]", "has another form"],
  ['{"format": "other"}', "has another form"],
  ['{"": "{ name }"}', 'operation 1 of the manifest has the id ""'],
  ['{"abc": 1}', 'operation 1 of the manifest has the id "abc"'],
  ['{"abc": "{ nam }", "def": "{"}', 'document "abc": Cannot query field "nam"'],
  ['{"abc": "{ nam }", "def": "{"}', 'document "def": Syntax Error'],
])("refuses the manifest %s and says why", (text, reason) => {
  expect(() => readManifest(text, SCHEMA)).toThrow(reason);
});

it.each([
  [
    { documentId: "abc", variables: { a: 1 } },
    { query: NAME, variables: { a: 1 } },
  ],
  [{ documentId: "sha256:abc" }, { query: NAME }],
  [{ doc_id: "abc" }, { query: NAME }],
  [{ id: "abc" }, { query: NAME }],
  [
    { extensions: { persistedQuery: { version: 1, sha256Hash: "abc" }, trace: true } },
    { query: NAME, extensions: { trace: true } },
  ],
])("puts the document in place of its id: %j", (asked, run) => {
  for (const mode of ["off", "log", "enforce"] as const) expect(trust(mode).resolve(asked)).toEqual(run);
});

it("refuses an id that is not known, whatever the mode, in words that name it", () => {
  for (const mode of ["off", "log", "enforce"] as const) {
    expect(() => trust(mode).resolve({ documentId: "nope" })).toThrow(
      /no trusted document has the id "nope"/,
    );
  }
});

it("runs any document where trust is off, tells of it once where it is logged, refuses it where it is enforced", () => {
  const other = { query: "{ age }" };
  expect(trust("off").resolve(other)).toBe(other);
  const logging = trust("log");
  expect([logging.resolve(other), logging.resolve(other)]).toEqual([other, other]);
  expect(logging.log.mock.calls).toEqual([["a document that is not trusted was run: { age }"]]);
  expect(() => trust("enforce").resolve(other)).toThrow(/not among the trusted ones/);
  expect(trust("enforce").resolve({ query: NAME })).toEqual({ query: NAME });
});

it("leaves Apollo's automatic persisted queries to Apollo, but where trust is enforced", () => {
  const hashOnly = { extensions: { persistedQuery: { version: 1, sha256Hash: "def" } } };
  expect(trust("off").resolve(hashOnly)).toBe(hashOnly);
  expect(() => trust("enforce").resolve(hashOnly)).toThrow("PersistedQueryNotFound");
  expect(() => trust("enforce").resolve({ ...hashOnly, query: "{ age }" })).toThrow(/not among the trusted/);
});

it("does the same for the address of a GET", () => {
  const documents = trust("enforce");
  const search = resolveSearch('?documentId=abc&variables={"a":1}', documents);
  expect(Object.fromEntries(new URLSearchParams(search))).toEqual({ query: NAME, variables: '{"a":1}' });
  expect(() => resolveSearch("?query={age}", documents)).toThrow(/not among the trusted/);
  expect(() => resolveSearch("?extensions={", documents)).toThrow(/extensions is not JSON/);
  expect(resolveSearch("?query={age}", trust("off"))).toBe("?query={age}");
});

describe("a server that enforces trusted documents", () => {
  let url: string;
  let key: string;
  beforeAll(async () => {
    const database = await createTestDatabase();
    await insertFilms(database);
    const folder = await mkdtemp(join(tmpdir(), "whygraph-documents-"));
    const file = join(folder, "manifest.json");
    const live = `subscription Live { graphChanged { kind } }`;
    const named = `query Named($key: String!) { entity(by: {key: $key}) { name } }`;
    await writeFile(file, JSON.stringify({ named, live }));
    const env = { WHYGRAPH_DOCUMENTS: file, WHYGRAPH_DOCUMENTS_MODE: "enforce" };
    ({ url } = await startServer({ DATABASE_URL: database.url, ...env }));
    key = "movie:alien";
    return () => rm(folder, { recursive: true, force: true });
  }, 60_000);

  const post = async (body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, answer: (await response.json()) as Json };
  };

  it("runs them by id, by POST and by GET, and refuses all else with 403", async () => {
    const alien = { data: { entity: { name: "Alien" } } };
    expect(await post({ documentId: "named", variables: { key } })).toEqual({ status: 200, answer: alien });
    const search = new URLSearchParams({ documentId: "named", variables: JSON.stringify({ key }) });
    const got = await fetch(`${url}/graphql?${search}`, { headers: { "apollo-require-preflight": "1" } });
    expect(await got.json()).toEqual(alien);
    const { status, answer } = await post({ query: "{ viewer { role } }" });
    expect([status, answer.errors[0].extensions.code]).toEqual([403, "DOCUMENT_NOT_TRUSTED"]);
    expect((await post({ documentId: "nope" })).status).toBe(404);
  });

  it("does so for subscriptions too", async () => {
    const client = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0 });
    const subscription = { query: "subscription { graphChanged { actor } }" };
    const refused = client.iterate(subscription).next();
    await expect(refused).rejects.toThrow();
    client.dispose();
  });
});
