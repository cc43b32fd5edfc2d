import { beforeAll, expect, it } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { createKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import type { Graphql } from "../../src/server/createGraphql.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { serveGraphql } from "./serveGraphql.ts";

interface Opened {
  readonly app: App;
  readonly graphql: Graphql;
  ask(
    query: string,
    more?: { readonly key?: string | null; readonly cost?: boolean; readonly get?: "allowed" | "bare" },
  ): Promise<string>;
}

const PAGE = `{ entities(filter: { types: ["movie"] }, first: 4) { nodes { id key name aliases
  triples(first: 3) { edges { cursor node { ...shown } } } } } } fragment shown on Triple {
  __typename confidence relation { label } head { name } tail { name key } }`;
const ENTITY = `{ entity(by: { key: "movie:alien" }) { id name description triples(direction: BOTH) {
  nodes { id tail { name } } pageInfo { hasNextPage } } } }`;
const EDITS = [
  `updateEntity(input: { by: { key: "movie:alien" }, name: "Alien (1979)" })`,
  `createEntity(input: { key: "movie:a", type: "movie", name: "A new one" })`,
  `addTriple(input: { head: "movie:a", relation: "starring", tail: "person:sigourney-weaver", confidence: 0.7 })`,
  `mergeEntities(input: { into: { key: "movie:alien" }, from: [{ key: "movie:aliens" }] })`,
  `deleteEntity(input: { by: { key: "movie:a" }, cascade: true })`,
];

let db: Database;
let [keeping, plain]: Opened[] = [];
let key: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  key = (await createKey(db, "carla", { role: "CURATOR" })).key;
  keeping = await open(true);
  await keeping.app.fitIfNone(() => undefined);
  plain = await open(false);
});

async function open(keeps: boolean): Promise<Opened> {
  const app = await createApp(db, "auto", { memory: { reads: keeps ? "memory" : "plain" } });
  const { graphql, url } = await serveGraphql(app, {
    authenticate: makeAuthenticate(db, { openReading: true, notices: app.snapshot }),
    ...(keeps && { kept: { version: app.memoryRevision, bytes: 1_000_000 } }),
  });
  return {
    ...{ app, graphql },
    async ask(query, { key: sent = key, cost = false, get } = {}) {
      const headers: Record<string, string> = {
        ...(get === undefined && { "content-type": "application/json" }),
        ...(get === "allowed" && { "apollo-require-preflight": "1" }),
        ...(sent && { authorization: `Bearer ${sent}` }),
        ...(cost && { "whygraph-cost": "1" }),
      };
      const answer =
        get === undefined
          ? await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) })
          : await fetch(`${url}?${new URLSearchParams({ query })}`, { headers });
      return answer.text();
    },
  };
}

/** Asks twice; gives the answer, and whether the second was kept. */
async function askTwice(...asked: Parameters<Opened["ask"]>): Promise<[answer: string, kept: boolean]> {
  const first = await keeping.ask(...asked);
  const { hits } = keeping.graphql.kept!;
  expect(await keeping.ask(...asked)).toBe(first);
  return [first, keeping.graphql.kept!.hits > hits];
}

it("keeps an answer until an edit, of its own process or another, and then never gives it again", async () => {
  for (const [i, edit] of [null, ...EDITS].entries()) {
    if (edit) {
      const editor = i % 2 === 0 ? keeping : plain;
      const answer = await editor.ask(`mutation { ${edit} { problems { message } change { revision } } }`);
      expect(answer).toContain('"problems":[]');
      const { revision } = Object.values(JSON.parse(answer).data as object)[0].change;
      if (editor === plain) await keeping.app.snapshot.waitFor(revision, 5_000);
    }
    for (const query of [PAGE, ENTITY]) {
      const [answer, kept] = await askTwice(query);
      expect(answer).toBe(await plain.ask(query));
      expect(answer).not.toContain('"errors"');
      expect(kept, `${edit} ${query}`).toBe(true);
    }
  }
  expect((await keeping.ask(ENTITY)).includes("Alien (1979)")).toBe(true);
});

it("takes no statement for what is kept, and tells the same as when it was made", async () => {
  await askTwice(PAGE);
  const before = db.statements;
  const [answer, kept] = await askTwice(PAGE);
  expect([kept, db.statements - before, answer]).toEqual([true, 0, await plain.ask(PAGE)]);
});

it("keeps what a GET asked for, and refuses what is refused all the same", async () => {
  const asked = await plain.ask(PAGE);
  expect(await askTwice(PAGE, { get: "allowed" })).toEqual([asked, true]);
  expect(await askTwice(PAGE, { get: "bare" })).toEqual([expect.stringContaining("CSRF"), false]);
  const edit = `mutation { ${EDITS[0]} { problems { message } } }`;
  expect(await askTwice(edit, { get: "allowed" })).toEqual([expect.stringContaining("errors"), false]);
});

it("looks into fragments wherever they are spread, also those of an interface", async () => {
  const shown = "fragment shown on Node { ... on Entity { name } id }";
  const lasting = `{ entity(by: { key: "movie:alien" }) { ...shown triples { nodes { tail { ...shown } } } } } ${shown}`;
  expect(await askTwice(lasting)).toEqual([await plain.ask(lasting), true]);
  for (const place of [
    "triples { nodes { tail { ...more } } }",
    "... on Node { ... on Entity { ...more } }",
  ]) {
    const query = `{ entity(by: { key: "movie:alien" }) { ...shown ${place} } } ${shown}
      fragment more on Entity { ...shown ...deep } fragment deep on Entity { similar { score } }`;
    expect(await askTwice(query), place).toEqual([await plain.ask(query), false]);
  }
});

it("keeps nothing that depends on more than the graph: other fields, errors, edits, what tells of the request", async () => {
  for (const query of [
    `{ entity(by: { key: "movie:alien" }) { similar { score } } }`,
    `{ entity(by: { key: "movie:alien" }) { triples(after: "x") { nodes { id } } } }`,
    `{ popularItems(first: 2) { nodes { score } } }`,
    `{ recommendations(user: "ann", first: 2, options: { minRevision: "1" }) { nodes { score } } }`,
    `{ entity(by: { key: "movie:alien" }) { nonsense } }`,
    `query ($key: String!) { entity(by: { key: $key }) { name } }`,
    `{ __schema { queryType { name } } }`,
    `{ viewer { name } }`,
  ]) {
    expect(await askTwice(query), query).toEqual([expect.any(String), false]);
  }
  const { hits } = keeping.graphql.kept!;
  const named = `{ recommendations(user: "ann", first: 2) { recommendationId nodes { score } } }`;
  expect(await keeping.ask(named)).not.toBe(await keeping.ask(named)); // each answer has a name of its own
  const told = await keeping.ask(PAGE, { cost: true });
  expect(JSON.parse(told).extensions.cost.requested).toBeGreaterThan(0);
  expect(keeping.graphql.kept!.hits).toBe(hits);
});

it("keeps each viewer's answers for themselves, and none for a key that was revoked", async () => {
  const other = await createKey(db, "otto", { role: "VIEWER", scopes: ["recommend:read"] });
  await askTwice(PAGE, { key: null });
  expect(await keeping.ask(PAGE, { key: other.key })).toContain('"code":"FORBIDDEN"');
  const gone = await createKey(db, "gone", { role: "VIEWER" });
  expect(await askTwice(PAGE, { key: gone.key })).toEqual([expect.stringContaining("Alien"), true]);
  await db.query("update api_key set revoked_at = now() where name = 'gone'");
  await expect
    .poll(() => keeping.ask(PAGE, { key: gone.key }), { timeout: 3_000 })
    .toContain('"code":"UNAUTHENTICATED"');
});

const LIST = `{ recommendations(user: "ann", first: 3) { graphRevision edges { node { rank score
  item { key } explanation { sentence evidence(first: 3) { contribution sentence path { steps {
    from { name } relation { label } triple { rank } to { name } } } } } } } } }`;
const rating = (user: string, item: string) =>
  `recordInteractions(input: { interactions: [{ user: "${user}", item: "${item}", kind: "rating", weight: 5 }] })`;

it("keeps recommendations until the user does something, counts move, or a triple is edited", async () => {
  const admin = (await createKey(db, "adam", { role: "ADMIN" })).key;
  const answers = new Set<string>();
  for (const [step, editor] of [
    [rating("ann", "movie:titanic"), keeping],
    [rating("bob", "movie:alien"), plain],
    [rating("ann", "movie:gladiator"), plain],
    [
      `addTriple(input: { head: "movie:gladiator", relation: "starring", tail: "person:harrison-ford" })`,
      keeping,
    ],
  ] as const) {
    const done = await editor.ask(`mutation { ${step} { problems { message } } }`, { key: admin });
    expect(done).toContain('"problems":[]');
    const agree = async () => (await keeping.ask(LIST)) === (await plain.ask(LIST));
    await expect.poll(agree, { timeout: 5_000 }).toBe(true);
    await expect.poll(async () => (await askTwice(LIST))[1], { timeout: 5_000 }).toBe(true);
    answers.add(await keeping.ask(LIST));
  }
  expect([...answers].join()).not.toContain('"errors"');
  expect(answers.size).toBeGreaterThanOrEqual(3); // what bob does need not change ann's list
});
