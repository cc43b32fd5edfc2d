import { ApolloServer } from "@apollo/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeViewer } from "../../src/access/makeViewer.ts";
import { type App, createApp } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import type { Database } from "../../src/kg/database.ts";
import { compiledExecution } from "../../src/server/compiled/compiledExecution.ts";
import { createCompiler } from "../../src/server/compiled/createCompiler.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

const QUERIES = [
  `{ entities(filter: { types: ["movie"] }, first: 4) { pageInfo { hasNextPage endCursor } nodes {
     id key name aliases attributes isItem revision
     triples(direction: BOTH, first: 3) { pageInfo { startCursor endCursor hasNextPage } edges { cursor node {
       id confidence relation { label inverseLabel } head { name } tail { name key } } } } } } }`,
  `{ entity(by: { key: "movie:alien" }) { id name description degree mergedKeys
     triples(first: 50) { nodes { rank qualifiers sources { name } tail { name } } } } }`,
  `{ a: entity(by: { key: "movie:nowhere" }) { id } b: entity(by: { key: "movie:aliens" }) { triples(direction: IN) {
     nodes { head { triples(first: 2) { nodes { tail { key } } } } } } } }`,
];

let db: Database;
let apps: Record<"plain" | "memory", App>;
let servers: Record<"plain" | "memory", ApolloServer<Context>>;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  apps = {
    plain: await createApp(db, "auto", { memory: { reads: "plain" } }),
    memory: await createApp(db, "auto", { memory: { reads: "memory" } }),
  };
  servers = {
    plain: new ApolloServer<Context>({ schema: apps.plain.schema }),
    memory: new ApolloServer<Context>({
      schema: apps.memory.schema,
      plugins: [
        compiledExecution<Context>(apps.memory.schema, createCompiler(apps.memory.schema, { usesBefore: 0 })),
      ],
    }),
  };
});
afterAll(() => Promise.all(Object.values(apps).map((app) => app.close())));

async function ask(which: "plain" | "memory", query: string): Promise<string> {
  const contextValue = apps[which].createContext(makeViewer("carla", "CURATOR"));
  const { body } = await servers[which].executeOperation({ query }, { contextValue });
  if (body.kind !== "single") throw new Error("expected one result");
  expect(body.singleResult.errors).toBeUndefined();
  return JSON.stringify(body.singleResult.data);
}

const EDITS = [
  `updateEntity(input: { by: { key: "movie:alien" }, name: "Alien (1979)", aliases: ["Al"] })`,
  `createEntity(input: { key: "movie:a", type: "movie", name: "A new one" })`,
  `addTriple(input: { head: "movie:a", relation: "starring", tail: "person:sigourney-weaver", confidence: 0.7 })`,
  `mergeEntities(input: { into: { key: "movie:alien" }, from: [{ key: "movie:aliens" }] })`,
  `deleteEntity(input: { by: { key: "movie:a" }, cascade: true })`,
];

it("gives the same answers from memory as from Postgres, right after each edit of one's own", async () => {
  for (const edit of [null, ...EDITS]) {
    if (edit) {
      const answer = await ask("memory", `mutation { ${edit} { problems { message } } }`);
      expect(answer).toContain('"problems":[]');
    }
    for (const query of QUERIES) expect(await ask("memory", query)).toBe(await ask("plain", query));
  }
});

it("takes no statement for what is in memory", async () => {
  const before = db.statements;
  await ask("memory", QUERIES[0]);
  expect(db.statements - before).toBe(0);
});

it("reads Postgres until the snapshot holds what was committed here", async () => {
  apps.memory.snapshot.expect("999999");
  const before = db.statements;
  await ask("memory", QUERIES[0]);
  expect(db.statements - before).toBe(1);
});
