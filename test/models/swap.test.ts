import { setImmediate } from "node:timers/promises";
import { ApolloServer } from "@apollo/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ANONYMOUS } from "../../src/access/makeViewer.ts";
import type { App } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import type { Database } from "../../src/kg/database.ts";
import { adminOf, fitHere, openApp, until } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

// Two lists, with the explanation of each item: all of one answer must name one model.
const QUERY = `{
  ann: recommendations(user: "ann", first: 3) { model { id } nodes { score explanation { score model { id } } } }
  ben: recommendations(user: "ben", first: 3) { model { id } nodes { score explanation { score model { id } } } } }`;
const SWAPS = 12;

let db: Database;
let apps: readonly App[];
let servers: readonly ApolloServer<Context>[];
let models: readonly string[];

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  models = [await fitHere(db), await fitHere(db, { seed: 2, config: { halfLife: 1 } })];
  apps = [await openApp(db), await openApp(db)];
  servers = apps.map(({ schema }) => new ApolloServer<Context>({ schema }));
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

/** Asks one process, and gives the ids of all models that its answer names. */
async function ask(process: number): Promise<readonly string[]> {
  const contextValue = apps[process].createContext(ANONYMOUS);
  const { body } = await servers[process].executeOperation({ query: QUERY }, { contextValue });
  if (body.kind !== "single") throw new Error("expected one result");
  const { data, errors }: Json = body.singleResult;
  expect(errors).toBeUndefined();
  return [data.ann, data.ben].flatMap(({ model, nodes }: Json) => [
    model.id,
    ...nodes.map(({ explanation }: Json) => explanation.model.id),
  ]);
}

it("drops no request and mixes no models while two processes change over again and again", async () => {
  let swapping = true;
  const seen = new Map<string, number>();
  const load = async (process: number) => {
    while (swapping) {
      const named = new Set(await ask(process));
      await setImmediate(); // what is remembered is answered without waiting; requests come with the network between
      expect(named.size).toBe(1);
      for (const id of named) seen.set(id, (seen.get(id) ?? 0) + 1);
    }
  };
  const loads = [0, 1, 0, 1].map(load);
  for (let swap = 0; swap < SWAPS; swap++) {
    const { problems } = await adminOf(apps[swap % 2]).models.activate(
      { id: models[swap % 2] },
      { actor: "adam" },
    );
    expect(problems).toEqual([]);
  }
  swapping = false;
  await Promise.all(loads);
  expect(seen.size).toBe(2); // both served
  const last = models[(SWAPS - 1) % 2];
  for (const app of apps) await until(() => adminOf(app).models.active().id === last, "both to agree");
});

it("lets a request that began before the change end with its model", async () => {
  const [before, after] = [models[1], models[0]];
  const began = adminOf(apps[0]);
  const first = await began.recommender.recommend({ user: "ann", first: 1 });
  expect(first.model.id).toBe(before);
  await adminOf(apps[0]).models.activate({ id: after }, { actor: "adam" });
  expect((await began.recommender.recommend({ user: "ann", first: 1 })).model.id).toBe(before);
  expect((await adminOf(apps[0]).recommender.recommend({ user: "ann", first: 1 })).model.id).toBe(after);
});
