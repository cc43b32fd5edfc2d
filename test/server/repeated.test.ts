import { createHash } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { createKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import { DEFAULT_LIMITS, type Limits } from "../../src/limits.ts";
import type { Graphql } from "../../src/server/createGraphql.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { serveGraphql } from "./serveGraphql.ts";

interface Opened {
  readonly graphql: Graphql;
  ask(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const PAGE = `query Page($key: String!, $first: Int = 2, $names: Boolean! = true) {
  entity(by: { key: $key }) { id key type ...shown
    out: triples(direction: OUT, first: $first) { nodes { relation { label } tail { name } } pageInfo { hasNextPage } } } }
  fragment shown on Entity { name @include(if: $names) }`;
const LIST = `query List($like: [String!]) { recommendations(interests: $like, first: 2) {
  nodes { score item { name } explanation { sentence } } } }`;
const TWO = "query A { entities(first: 1) { nodes { key } } } query B { relations { nodes { key } } }";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

const SOUND: readonly object[] = [
  ...["movie:alien", "movie:aliens", "person:ridley-scott", "nothing:here"].flatMap((key) => [
    { query: PAGE, variables: { key } },
    { query: PAGE, variables: { key, first: 1, names: false }, operationName: "Page" },
  ]),
  { query: LIST, variables: { like: ["movie:alien"] } },
  { query: LIST, variables: { like: ["genre:drama"] }, extensions: { clientLibrary: { name: "a client" } } },
  {
    extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(LIST) } },
    variables: { like: ["movie:alien"] },
  },
  { query: TWO, operationName: "A" },
  { query: TWO, operationName: "B", variables: null },
];
const UNSOUND: readonly object[] = [
  { query: PAGE },
  { query: LIST },
  { query: PAGE, variables: { key: 7 } },
  { query: PAGE, variables: { key: "movie:alien", first: 1_000_000 } },
  { query: PAGE, variables: { key: "movie:alien", first: -1 } },
  { query: PAGE, variables: ["movie:alien"] },
  { query: PAGE, variables: { key: "movie:alien" }, operationName: "Other" },
  { query: LIST, variables: { like: ["nothing:here"] } },
  { query: LIST, variables: { like: Array(2_000).fill("movie:alien") } },
  { query: TWO },
  { query: TWO, operationName: 7 },
  { query: LIST, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(TWO) } } },
  { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf("{ __typename }") } } },
  { query: `hash ${hashOf(LIST)}`, variables: { like: ["movie:alien"] } },
  { query: TWO, operationName: "" },
  { query: PAGE, variables: { key: "movie:alien" }, operationName: "" },
  { query: " B { relations { nodes { key } } }", operationName: "\nquery" },
];

let db: Database;
let [short, whole]: Opened[] = [];
let key: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  key = (await createKey(db, "carla", { role: "CURATOR" })).key;
  short = await open();
  whole = await open({ whole: true });
  for (const { ask } of [short, whole]) {
    await ask({ query: LIST, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(LIST) } } });
  }
});

async function open({ whole = false, limits = DEFAULT_LIMITS }: { whole?: boolean; limits?: Limits } = {}) {
  const app = await createApp(db);
  await app.fitIfNone(() => undefined);
  const { graphql, url } = await serveGraphql(app, {
    ...{ limits, noteVariables: whole, automatic: true },
    authenticate: makeAuthenticate(db, { openReading: false, notices: app.snapshot }),
  });
  const opened: Opened = {
    graphql,
    async ask(body, headers = {}) {
      const standard = { "content-type": "application/json", authorization: `Bearer ${key}` };
      const answer = await fetch(url, {
        ...{ method: "POST", headers: { ...standard, ...headers }, body: JSON.stringify(body) },
      });
      const { date: _, "x-request-id": __, ...told } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers: told, text: await answer.text() };
    },
  };
  return opened;
}

/** Makes the documents known that the requests hold, by requests that are answered. */
async function teach(opened: Opened): Promise<void> {
  for (let turn = 0; turn < 3; turn++) for (const body of SOUND) await opened.ask(body);
}

it("answers what came before as Apollo does, to the byte, without Apollo", async () => {
  await teach(short);
  const { hits } = short.graphql.repeated!;
  for (const body of SOUND) {
    const answer = await short.ask(body);
    expect(answer).toEqual(await whole.ask(body));
    expect(answer.text).not.toContain('"errors"');
  }
  expect(short.graphql.repeated!.hits).toBe(hits + SOUND.length);
  expect(whole.graphql.repeated).toBeNull();
});

it("leaves to Apollo what cannot be answered, and whom it refuses", async () => {
  await teach(short);
  const { hits } = short.graphql.repeated!;
  const cases: [body: object, headers?: Record<string, string>][] = [
    ...UNSOUND.map((body): [object] => [body]),
    [SOUND[0], { authorization: "Bearer wg_wrong" }],
    [SOUND[0], { accept: "text/html" }],
    [SOUND[0], { "content-type": "text/plain" }],
    [[SOUND[0], SOUND[1]]],
  ];
  for (const [body, headers] of cases) {
    const answer = await short.ask(body, headers);
    expect(answer).toEqual(await whole.ask(body, headers));
    expect(answer.text).toContain('"errors"');
  }
  expect(short.graphql.repeated!.hits).toBe(hits);
});

it("answers with the type that the client takes", async () => {
  const accept = "application/graphql-response+json";
  for (let turn = 0; turn < 3; turn++) {
    const { headers } = await short.ask(SOUND[0], { accept });
    expect(headers["content-type"]).toMatch(accept);
    expect((await short.ask(SOUND[0])).headers["content-type"]).toMatch("application/json");
  }
});

it("charges each request once, whatever comes of it", async () => {
  const opened = await open({ limits: { ...DEFAULT_LIMITS, budget: 600 } });
  const cost = async () => {
    const { text } = await opened.ask(SOUND[0], { "whygraph-cost": "1" });
    return JSON.parse(text).extensions.cost as { requested: number; left: number };
  };
  for (let turn = 0; turn < 3; turn++)
    await opened.ask({ query: LIST, variables: { like: ["movie:alien"] } });
  const [before, since] = [await cost(), performance.now()];
  const failing = { query: LIST, variables: { like: ["nothing:here"] } };
  const { misses } = opened.graphql.repeated!;
  for (let turn = 0; turn < 4; turn++) expect((await opened.ask(failing)).text).toContain("nothing:here");
  expect(opened.graphql.repeated!.misses).toBe(misses + 4);
  const single = JSON.parse((await whole.ask(failing, { "whygraph-cost": "1" })).text).extensions.cost
    .requested;
  const after = await cost();
  const filled = (600 / 60_000) * (performance.now() - since); // ten a second come back
  const taken = before.left - after.left - after.requested;
  expect(taken).toBeLessThanOrEqual(4 * single + 0.1);
  expect(taken).toBeGreaterThanOrEqual(4 * single - filled - 0.1);
});
