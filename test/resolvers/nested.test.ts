import { ApolloServer } from "@apollo/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeViewer } from "../../src/access/makeViewer.ts";
import { type App, createApp } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import type { Database } from "../../src/kg/database.ts";
import { compiledExecution } from "../../src/server/compiled/compiledExecution.ts";
import { createCompiler } from "../../src/server/compiled/createCompiler.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

type Way = "plain" | "joined";
let db: Database;
const apps: App[] = [];
const servers = new Map<string, ApolloServer<Context>>();
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  for (const reads of ["plain", "joined"] as const) {
    const app = await createApp(db, "auto", { memory: { reads } });
    apps.push(app);
    servers.set(reads, new ApolloServer<Context>({ schema: app.schema }));
    const plugins = [compiledExecution<Context>(app.schema, createCompiler(app.schema, { usesBefore: 0 }))];
    servers.set(`${reads} compiled`, new ApolloServer<Context>({ schema: app.schema, plugins }));
  }
});
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  await Promise.all(apps.map((app) => app.close()));
});

async function ask(way: Way, query: string, { variables = {}, compiled = false } = {}) {
  const contextValue = apps[way === "plain" ? 0 : 1].createContext(makeViewer("carla", "CURATOR"));
  const server = servers.get(compiled ? `${way} compiled` : way)!;
  const before = db.statements;
  const { body } = await server.executeOperation({ query, variables }, { contextValue });
  if (body.kind !== "single") throw new Error("expected one result");
  const { data, errors } = body.singleResult;
  return { text: JSON.stringify({ data, errors }), statements: db.statements - before };
}

/** The same triples behind a condition, which are read after their entities. */
const apart = (query: string) => query.replaceAll(/(\btriples(\([^)]*\))?) \{/g, "$1 @include(if: true) {");

const LIST = `query ($type: String = "movie") {
  entities(filter: { types: [$type] }, orderBy: NAME_ASC, first: 10) { nodes {
    key name triples(direction: OUT, first: 5) { nodes { relation { label } tail { name } } } } } }`;
const PAGE = `query ($key: String = "movie:alien") {
  entity(by: { key: $key }) { key name type description
    triples(direction: IN, first: 20) { nodes { relation { label } head { name } } } } }`;

/** Each is read in one statement. */
const TOGETHER = [
  LIST,
  PAGE,
  `{ entity(by: { key: "person:sigourney-weaver" }) { id __typename triples { nodes { id __typename tail { id } head { id description }
     relation { id key inverseLabel domain } } } } }`,
  `query ($first: Int = 2, $direction: Direction) { entities(filter: { types: ["movie"] }, first: 2) {
     pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
     edges { cursor node { ...E aliases attributes isItem revision near: triples(direction: $direction, first: $first) {
       pageInfo { hasNextPage startCursor endCursor } edges { cursor node { ...T } } } } } } }
   fragment E on Entity { ... on Entity { name } description }
   fragment T on Triple { confidence rank qualifiers sources { name url } revision head { name } tail { key aliases } }`,
  `{ entities(filter: { types: ["nothing"] }) { nodes { triples(direction: null) { nodes { id } } } pageInfo { endCursor } } }`,
  `{ entities(filter: { types: ["person"] }, first: 0) { nodes { triples(first: 0) { nodes { id } } } } }`,
  `{ entities(filter: { types: ["person"] }) { nodes { triples(first: 0) { nodes { id } pageInfo { hasNextPage } } } } }`,
  `{ entity(by: { key: "movie:nowhere" }) { triples { nodes { id } } } }`,
];

/** Each is read in more, or in one that knows nothing of triples. */
const APART: readonly [query: string, statements: number][] = [
  [`{ entity(by: { key: "movie:alien" }) { triples { nodes { validFrom tail { name } } } } }`, 2],
  [
    `{ entity(by: { key: "movie:alien" }) { triples(relations: ["starring"]) { nodes { tail { name } } } } }`,
    2,
  ],
  [
    `{ entity(by: { key: "movie:alien" }) { a: triples(direction: OUT) { nodes { id } } b: triples(direction: IN) { nodes { id } } } }`,
    3,
  ],
  [
    `{ entity(by: { key: "movie:alien" }) { ... @skip(if: true) { triples { nodes { id } } } name } }`, // nothing is read for nobody
    1,
  ],
  [`{ entities(search: "alien") { nodes { triples(first: 1) { nodes { tail { name } } } } } }`, 2],
  [
    `{ entities(orderBy: NAME_DESC, first: 2) { nodes { triples(first: 1) { nodes { tail { name } } } } } }`,
    2,
  ],
];

const WAYS: readonly Way[] = ["plain", "joined"];
const EDITS = [
  null,
  `defineRelation(input: { key: "knows", label: "knows" })`,
  `addTriple(input: { head: "person:sigourney-weaver", relation: "knows", tail: "person:sigourney-weaver" })`,
  `mergeEntities(input: { into: { key: "movie:alien" }, from: [{ key: "movie:aliens" }] })`,
];

describe("entities with their triples", () => {
  it("are read in one statement", async () => {
    for (const query of TOGETHER) {
      for (const way of WAYS) {
        for (const compiled of [false, true]) {
          expect([query, (await ask(way, query, { compiled })).statements]).toEqual([query, 1]);
        }
      }
    }
  });

  it("are read one after the other where they are more than the first ones, or others", async () => {
    for (const [query, statements] of APART) {
      expect([query, (await ask("plain", query)).statements]).toEqual([query, statements]);
    }
  });

  it("are the same as if read one after the other, merged or not, to the byte", async () => {
    for (const edit of EDITS) {
      const edited = edit && (await ask("plain", `mutation { ${edit} { problems { message } } }`)).text;
      if (edited) expect(edited).toContain('"problems":[]');
      for (const query of TOGETHER) {
        const expected = await ask("plain", apart(query));
        expect(expected.text).not.toContain("errors");
        for (const way of WAYS) {
          for (const compiled of [false, true]) {
            expect((await ask(way, query, { compiled })).text).toBe(expected.text);
          }
        }
      }
    }
    const merged = await ask("plain", PAGE, { variables: { key: "movie:aliens" } });
    expect(merged.text).toContain('"key":"movie:alien"'); // the survivor
    expect(merged.statements).toBe(3); // of what lives, it is one: to follow a merge costs nothing where there is none
  });

  it("are refused with the same words", async () => {
    for (const query of [
      `{ entity(by: { key: "movie:alien" }) { name triples(first: 101) { nodes { id } } } }`,
      `{ entity(by: { key: "movie:alien" }) { name triples(first: -1) { nodes { id } } } }`,
      `{ entity(by: { key: "movie:alien" }) { name triples(after: "nonsense") { nodes { id } } } }`,
      `{ entities(filter: { types: ["movie"] }, first: 101) { nodes { name triples { nodes { id } } } } }`,
      `{ entity(by: { id: "nonsense" }) { name triples { nodes { id } } } }`,
    ]) {
      const { text } = await ask("plain", query);
      expect(text).toContain('"errors":[');
      expect(strip(text)).toBe(strip((await ask("plain", apart(query))).text));
    }
  });

  it("of requests that run at the same time share a statement, in whatever words they come", async () => {
    const before = db.statements;
    const answers = await Promise.all([
      ask("joined", PAGE),
      ask("joined", PAGE, { variables: { key: "movie:alien" }, compiled: true }),
      ask("joined", PAGE.replace("$key: String =", "$key: String! =").replaceAll("\n", " ")),
    ]);
    expect(db.statements - before).toBe(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});

/** Without where in the text it was, which the condition moves. */
function strip(text: string): string {
  return text.replaceAll(/"locations":\[[^\]]*\],?/g, "");
}
